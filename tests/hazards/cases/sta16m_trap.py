# /// hazard
# entry = "STA-16"
# expect = "refuse"
# ///
"""Items are compared with a list by identity."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def step(row, chosen):
    return row is chosen, heavy(len(row))


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    rows = [[x] for x in range(count)]
    chosen = rows[-1] if rows else None
    print([step(row, chosen) for row in rows])


if __name__ == "__main__":
    main()
