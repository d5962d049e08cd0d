# /// hazard
# entry = "EXI-03"
# expect = "rewrite"
# ///
"""Probing leaves no trace, and all are probed."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def probe(x):
    return heavy(x) % 7 == 3


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    hits = [probe(x) for x in range(count)]
    print(any(hits), hits)


if __name__ == "__main__":
    main()
