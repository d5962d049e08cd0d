# /// hazard
# entry = "PIC-02"
# expect = "rewrite"
# ///
"""The named tuple belongs to the module."""

import sys
from collections import namedtuple


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


Row = namedtuple("Row", "a b")


def load(xs):
    out = []
    for x in xs:
        out.append(Row(x, heavy(x)))
    return out


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    print(load(list(range(count))))


if __name__ == "__main__":
    main()
