# /// hazard
# entry = "DEP-17"
# expect = "refuse"
# ///
"""A running extreme decides what is recorded."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    top = -1
    records = []
    for x in range(count):
        value = heavy(x)
        if value > top:
            top = value
            records.append(x)
    print(records, top)


if __name__ == "__main__":
    main()
