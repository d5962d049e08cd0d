# /// hazard
# entry = "DEP-08"
# expect = "same-behaviour"
# ///
"""A cursor advances by steps that depend on the data."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    buf = [x % 4 for x in range(count * 6)]
    pos = 0
    items = []
    for _ in range(count):
        step = buf[pos]
        items.append(heavy(step + pos))
        pos += step + 1
    print(items, pos)


if __name__ == "__main__":
    main()
