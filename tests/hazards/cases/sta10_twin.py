# /// hazard
# entry = "STA-10"
# expect = "rewrite"
# ///
"""The table is made at import."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


TABLE = [3, 1, 2]


def table():
    return TABLE


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = [heavy(x) * table()[x % 3] for x in range(count)]
    print(out)


if __name__ == "__main__":
    main()
