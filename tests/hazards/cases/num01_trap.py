# /// hazard
# entry = "NUM-01"
# expect = "same-behaviour"
# ///
"""Sums of floats depend on their order."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    total = 0.0
    for x in range(count):
        total += heavy(x) / 7
    print(total.hex())


if __name__ == "__main__":
    main()
