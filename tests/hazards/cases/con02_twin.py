# /// hazard
# entry = "CON-02"
# expect = "rewrite"
# ///
"""No lock is held, none is taken."""

import sys
import threading


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def task(x):
    return heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = [task(x) for x in range(count)]
    with threading.RLock():
        print(out)


if __name__ == "__main__":
    main()
