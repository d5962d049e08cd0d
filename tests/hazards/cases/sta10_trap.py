# /// hazard
# entry = "STA-10"
# expect = "refuse"
# ///
"""A table is made at its first use, which is announced."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


_table = None


def table():
    global _table
    if _table is None:
        print("loading")
        _table = [3, 1, 2]
    return _table


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = [heavy(x) * table()[x % 3] for x in range(count)]
    print(out, _table)


if __name__ == "__main__":
    main()
