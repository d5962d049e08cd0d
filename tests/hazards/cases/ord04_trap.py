# /// hazard
# entry = "ORD-04"
# expect = "same-behaviour"
# ///
"""The first item of a key wins."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    d = {}
    for x in range(count):
        k = x % 5
        if k not in d:
            d[k] = heavy(x)
    print(d)


if __name__ == "__main__":
    main()
