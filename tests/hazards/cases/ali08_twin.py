# /// hazard
# entry = "ALI-08"
# expect = "rewrite"
# ///
"""Pairs drawn from one list."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    xs = list(range(count))
    out = []
    for key, value in zip(xs, xs):
        out.append(heavy(key) + value)
    print(out)


if __name__ == "__main__":
    main()
