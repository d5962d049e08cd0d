# /// hazard
# entry = "DEP-04"
# expect = "same-behaviour"
# ///
"""Several iterations write one key; the last must win."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    best = {}
    for x in range(count):
        best[x % 5] = heavy(x)
    print(best)


if __name__ == "__main__":
    main()
