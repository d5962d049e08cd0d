# /// hazard
# entry = "ALI-07"
# expect = "rewrite"
# ///
"""Items share a list, results are numbers."""

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
    return heavy(item.n) + len(item.log)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    shared = []
    items = [Item(x, shared) for x in range(count)]
    out = [mark(item) for item in items]
    print(out)


if __name__ == "__main__":
    main()
