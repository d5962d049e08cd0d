# /// hazard
# entry = "PRO-13"
# expect = "same-behaviour"
# ///
"""The body reads the recursion limit."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def step(x):
    return sys.getrecursionlimit(), heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    sys.setrecursionlimit(2500)
    print([step(x) for x in range(count)])


if __name__ == "__main__":
    main()
