# /// hazard
# entry = "ALI-03"
# expect = "rewrite"
# ///
"""A slice of a list is a copy."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    a = list(range(count))
    left = a[:]
    for i in range(1, count):
        a[i] = heavy(left[i - 1])
    print(a)


if __name__ == "__main__":
    main()
