# /// hazard
# entry = "CON-02"
# expect = "refuse"
# ///
"""The caller holds the lock that each call takes again."""

import sys
import threading


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


lock = threading.RLock()


def task(x):
    with lock:
        return heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    with lock:
        out = [task(x) for x in range(count)]
    print(out)


if __name__ == "__main__":
    main()
