# /// hazard
# entry = "DYN-03"
# expect = "rewrite"
# ///
"""The operator makes something new each time."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


class Query:
    def __init__(self, base):
        self.base = base

    def __or__(self, other):
        return Query(self.base + other)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    query = Query(3)
    out = []
    for x in range(count):
        out.append((query | heavy(x)).base)
    print(out)


if __name__ == "__main__":
    main()
