# /// hazard
# entry = "GEN-01"
# expect = "rewrite"
# ///
"""A function that gives a list."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def worked(n):
    out = []
    for x in range(n):
        out.append(heavy(x))
    return out


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    print(worked(count)[:3])


if __name__ == "__main__":
    main()
