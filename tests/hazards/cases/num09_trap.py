# /// hazard
# entry = "NUM-09"
# expect = "same-behaviour"
# ///
"""A maximum over values that are no numbers."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    best = 0.0
    for x in range(count):
        value = float("nan") if x == 9 else float(heavy(x))
        best = max(best, value)
    print(best)


if __name__ == "__main__":
    main()
