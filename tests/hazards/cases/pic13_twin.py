# /// hazard
# entry = "PIC-13"
# expect = "rewrite"
# ///
"""The items say nothing about how they are pickled."""

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
    out = []
    for item in items:
        out.append(heavy(item.x))
    print(out)


if __name__ == "__main__":
    main()
