# /// hazard
# entry = "ENV-01"
# expect = "same-behaviour"
# ///
"""Each iteration prints in two parts."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    for x in range(count):
        print(x, end=": ")
        print(heavy(x))


if __name__ == "__main__":
    main()
