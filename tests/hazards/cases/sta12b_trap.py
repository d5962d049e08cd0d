# /// hazard
# entry = "STA-12"
# expect = "refuse"
# ///
"""A cycle gives turns to the function called."""

import itertools
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


turns = itertools.cycle("abc")


def step(x):
    return next(turns), heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    print([step(x) for x in range(count)], next(turns))


if __name__ == "__main__":
    main()
