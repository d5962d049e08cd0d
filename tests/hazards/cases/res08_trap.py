# /// hazard
# entry = "RES-08"
# expect = "same-behaviour"
# ///
"""A function with a loop of few items is called again and again."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def score(x):
    out = []
    for y in range(2):
        out.append(heavy(x + y))
    return out


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    for x in range(count):
        print(score(x))


if __name__ == "__main__":
    main()
