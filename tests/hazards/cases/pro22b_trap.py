# /// hazard
# entry = "PRO-22"
# expect = "refuse"
# ///
"""The body reads the name of its thread and its arguments."""

import sys
import threading


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def step(x):
    return threading.current_thread() is threading.main_thread(), heavy(x + len(sys.argv))


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = [step(x) for x in range(count)]
    print(out)


if __name__ == "__main__":
    main()
