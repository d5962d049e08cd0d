# /// hazard
# entry = "DEP-03"
# expect = "rewrite"
# ///
"""Results go to another list than the one read."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    a = list(range(count + 1))
    b = [0] * count
    for i in range(count):
        b[i] = heavy(a[i + 1])
    print(b)


if __name__ == "__main__":
    main()
