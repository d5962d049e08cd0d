# /// hazard
# entry = "STA-16"
# expect = "refuse"
# ///
"""How much memory an object takes."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def step(row):
    return sys.getsizeof(row), heavy(len(row))


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    rows = []
    for x in range(count):
        row = []
        for k in range(x):
            row.append(k)
        rows.append(row)
    print([step(row) for row in rows])


if __name__ == "__main__":
    main()
