# /// hazard
# entry = "PRO-15"
# expect = "rewrite"
# ///
"""What runs at exit is registered after the loop."""

import atexit
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def step(x):
    return heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = [step(x) for x in range(count)]
    atexit.register(print, "bye")
    print(out)


if __name__ == "__main__":
    main()
