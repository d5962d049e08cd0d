# /// hazard
# entry = "MEM-05"
# expect = "rewrite"
# ///
"""The recursion stays shallow."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def deep(n):
    return 0 if n == 0 else 1 + deep(n - 1)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    for x in range(count):
        out.append(deep(x % 100) + heavy(x))
    print(out)


if __name__ == "__main__":
    main()
