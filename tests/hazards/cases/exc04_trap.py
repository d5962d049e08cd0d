# /// hazard
# entry = "EXC-04"
# expect = "same-behaviour"
# ///
"""An exception that cannot be rebuilt from its arguments."""

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
    out = []
    try:
        for x in range(count):
            out.append(convert(x))
    except BadRow as error:
        print("bad", error.row, error.args)
    print(out)


if __name__ == "__main__":
    main()
