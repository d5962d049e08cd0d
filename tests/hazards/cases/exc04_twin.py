# /// hazard
# entry = "EXC-04"
# expect = "rewrite"
# ///
"""The same exception, raised from a comprehension and uncaught."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


class BadRow(Exception):
    def __init__(self, row, why):
        super().__init__(why)
        self.row = row


def convert(x):
    if x == 11:
        raise BadRow(x, "odd one")
    return heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = [convert(x) for x in range(count)]
    print(out)


if __name__ == "__main__":
    main()
