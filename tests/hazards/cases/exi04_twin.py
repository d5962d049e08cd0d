# /// hazard
# entry = "EXI-04"
# expect = "rewrite"
# ///
"""All matches are collected."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def slow_test(x):
    return heavy(x) % 9 == 2


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    hits = [x for x in range(count) if slow_test(x)]
    print(hits)


if __name__ == "__main__":
    main()
