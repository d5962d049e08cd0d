# /// hazard
# entry = "ALI-07"
# expect = "same-behaviour"
# ///
"""The results are the items themselves, and are changed afterwards."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


class Item:
    def __init__(self, x):
        self.x = x


def check(item):
    if heavy(item.x) < 0:
        return None
    return item


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    items = [Item(x) for x in range(count)]
    out = [check(item) for item in items]
    for item in out:
        item.x += 100
    print([item.x for item in items])


if __name__ == "__main__":
    main()
