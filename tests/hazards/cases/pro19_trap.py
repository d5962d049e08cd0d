# /// hazard
# entry = "PRO-19"
# expect = "refuse"
# ///
"""Iterations share one iterator."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    rows = iter(range(100000))
    out = []
    for x in range(count):
        out.append(heavy(next(rows)) + x)
    print(out)


if __name__ == "__main__":
    main()
