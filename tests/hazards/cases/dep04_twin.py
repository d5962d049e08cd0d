# /// hazard
# entry = "DEP-04"
# expect = "rewrite"
# ///
"""Every iteration writes a key of its own."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    best = {}
    for x in range(count):
        best[x] = heavy(x)
    print(best)


if __name__ == "__main__":
    main()
