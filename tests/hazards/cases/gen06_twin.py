# /// hazard
# entry = "GEN-06"
# expect = "rewrite"
# ///
"""A generator that has nothing to clean up."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def rows(n):
    for x in range(n):
        yield x * 2


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    for x in rows(count):
        out.append(heavy(x))
    print(out, "after")


if __name__ == "__main__":
    main()
