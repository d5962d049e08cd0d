# /// hazard
# entry = "DEP-11"
# expect = "same-behaviour"
# ///
"""A name bound in a comprehension is read after it."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    last = None
    out = [(last := heavy(x)) for x in range(count)]
    print(out, last)


if __name__ == "__main__":
    main()
