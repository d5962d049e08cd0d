# /// hazard
# entry = "EXI-07"
# expect = "rewrite"
# ///
"""The results are a list, of which the consumer takes three."""

import itertools
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def results(count):
    out = []
    for x in range(count):
        out.append(heavy(x))
    return out


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    print(list(itertools.islice(results(count), 3)))


if __name__ == "__main__":
    main()
