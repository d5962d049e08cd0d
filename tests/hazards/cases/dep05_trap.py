# /// hazard
# entry = "DEP-05"
# expect = "refuse"
# arguments = [["24"], ["3"], ["0"]]
# ///
"""The dependence hides behind a condition that is rarely met."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    flags = [i % 7 == 3 for i in range(count)]
    a = [0] * count
    for i in range(count):
        if flags[i]:
            a[i] = a[i - 1]
        else:
            a[i] = heavy(i)
    print(a)


if __name__ == "__main__":
    main()
