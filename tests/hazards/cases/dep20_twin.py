# /// hazard
# entry = "DEP-20"
# expect = "rewrite"
# ///
"""Eight back in a list that is only read."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    a = list(range(count))
    b = list(range(count))
    for i in range(8, count):
        b[i] = heavy(a[i - 8] + 1)
    print(b)


if __name__ == "__main__":
    main()
