# /// hazard
# entry = "STA-12"
# expect = "refuse"
# ///
"""A counter hands out numbers, in a function called."""

import itertools
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


ids = itertools.count(1)


def ticket(x):
    return next(ids), heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    tickets = [ticket(x) for x in range(count)]
    print(tickets, next(ids))


if __name__ == "__main__":
    main()
