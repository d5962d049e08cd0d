# /// hazard
# entry = "STA-18"
# expect = "refuse"
# ///
"""Formatting an item changes it."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


class Item:
    def __init__(self, x):
        self.x = x
        self.shown = 0

    def __format__(self, spec):
        self.shown += 1
        return str(heavy(self.x))


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    items = [Item(x) for x in range(count)]
    print([f"{item}" for item in items], [item.shown for item in items])


if __name__ == "__main__":
    main()
