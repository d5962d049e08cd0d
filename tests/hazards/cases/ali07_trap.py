# /// hazard
# entry = "ALI-07"
# expect = "refuse"
# ///
"""Items share a list, and the results must still share it."""

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


def mark(item):
    item.n = heavy(item.n)
    return item


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    shared = []
    items = [Item(x, shared) for x in range(count)]
    out = [mark(item) for item in items]
    print([item.n for item in items])
    print(all(item.log is shared for item in out))


if __name__ == "__main__":
    main()
