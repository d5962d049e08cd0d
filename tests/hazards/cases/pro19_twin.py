# /// hazard
# entry = "PRO-19"
# expect = "rewrite"
# ///
"""Each iteration has an iterator of its own."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    for x in range(count):
        rows = iter(range(x, 100000))
        out.append(heavy(next(rows, 0)) + x)
    print(out)


if __name__ == "__main__":
    main()
