# /// hazard
# entry = "PRO-13"
# expect = "same-behaviour"
# ///
"""A limit of the csv module was lowered, and the body handles its error."""

import csv
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def step(x):
    try:
        return list(csv.reader(["a" * (x + 1)])), heavy(x)
    except csv.Error:
        return None


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    csv.field_size_limit(9)
    print([step(x) for x in range(count)])


if __name__ == "__main__":
    main()
