# /// hazard
# entry = "STA-18"
# expect = "refuse"
# ///
"""Reading a dictionary with a default factory fills it."""

import sys
from collections import defaultdict


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def step(table, x):
    return heavy(x) + table[x]


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    table = defaultdict(int)
    out = [step(table, x) for x in range(count)]
    print(out, len(table))


if __name__ == "__main__":
    main()
