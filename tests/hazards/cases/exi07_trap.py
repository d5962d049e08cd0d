# /// hazard
# entry = "EXI-07"
# expect = "refuse"
# skip = ["range-index", "generator"]
# ///
"""The consumer stops early, and the work is recorded."""

import itertools
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


DONE = []


def expensive(x):
    DONE.append(x)
    return heavy(x)


def results(count):
    for x in range(count):
        yield expensive(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    print(list(itertools.islice(results(count), 3)), DONE)


if __name__ == "__main__":
    main()
