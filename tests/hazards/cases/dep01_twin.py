# /// hazard
# entry = "DEP-01"
# expect = "rewrite"
# ///
"""The neighbour read belongs to another list, which nobody writes."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    b = list(range(count))
    a = list(range(count))
    for i in range(1, len(a)):
        a[i] = heavy(b[i - 1] + i)
    print(a)


if __name__ == "__main__":
    main()
