# /// hazard
# entry = "ALI-07"
# expect = "same-behaviour"
# ///
"""Items come back in a filter, compared by identity."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


class Item:
    def __init__(self, x):
        self.x = x


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    items = [Item(x) for x in range(count)]
    kept = [item for item in items if heavy(item.x) % 2]
    print([item in items for item in kept], len(kept))
    for item in kept:
        item.x = -1
    print([item.x for item in items])


if __name__ == "__main__":
    main()
