# /// hazard
# entry = "STA-02"
# expect = "same-behaviour"
# ///
"""A list of the module is filled after the import."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


TABLE = []


def scaled(x):
    return heavy(x) + len(TABLE)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    TABLE.extend(range(9))
    print([scaled(x) for x in range(count)])


if __name__ == "__main__":
    main()
