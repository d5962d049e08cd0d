# /// hazard
# entry = "DEP-01"
# expect = "refuse"
# ///
"""An iteration reads the element that the one before it wrote."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    a = list(range(count))
    for i in range(1, len(a)):
        a[i] = heavy(a[i - 1] + i)
    print(a)


if __name__ == "__main__":
    main()
