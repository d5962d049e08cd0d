# /// hazard
# entry = "STA-16"
# expect = "refuse"
# ///
"""How many references an object has."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def step(row):
    return sys.getrefcount(row), heavy(len(row))


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    rows = [[x] for x in range(count)]
    print([step(row) for row in rows])


if __name__ == "__main__":
    main()
