# /// hazard
# entry = "STA-14"
# expect = "refuse"
# ///
"""A table of the module is filled where an entry is missing."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


TABLE = {}
BUILT = []


def get(key):
    if key not in TABLE:
        BUILT.append(key)
        TABLE[key] = heavy(key)
    return TABLE[key]


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = [get(x % 7) for x in range(count)]
    print(out, BUILT)


if __name__ == "__main__":
    main()
