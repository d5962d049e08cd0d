# /// hazard
# entry = "ALI-07"
# expect = "same-behaviour"
# ///
"""The result holds a list that all items share."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


class Item:
    def __init__(self, n, log):
        self.n = n
        self.log = log


def pair(item):
    return heavy(item.n), item.log


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    shared = []
    items = [Item(x, shared) for x in range(count)]
    out = [pair(item) for item in items]
    shared.append(1)
    print(out, all(log is shared for _, log in out))


if __name__ == "__main__":
    main()
