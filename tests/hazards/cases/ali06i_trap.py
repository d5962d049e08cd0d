# /// hazard
# entry = "ALI-06"
# expect = "refuse"
# ///
"""A slice of the item is replaced."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def step(row):
    row[:] = [heavy(row[0])]
    return row[0]


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    rows = [[x] for x in range(count)]
    out = [step(row) for row in rows]
    print(out, rows)


if __name__ == "__main__":
    main()
