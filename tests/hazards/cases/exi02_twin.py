# /// hazard
# entry = "EXI-02"
# expect = "rewrite"
# ///
"""All are checked, then one is chosen."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def check(x):
    return heavy(x) % 40 == 3 or x == 17


def find(count):
    rejected = []
    for x in range(count):
        rejected.append(not check(x))
    return rejected


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    print(find(count))


if __name__ == "__main__":
    main()
