# /// hazard
# entry = "PIC-07"
# expect = "same-behaviour"
# ///
"""Results hold a lambda as default factory."""

import sys
from collections import defaultdict


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def tally(x):
    found = defaultdict(lambda: [0, 0])
    found[heavy(x) % 3][0] += 1
    return found


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = [tally(x) for x in range(count)]
    print([dict(found) for found in out], [found[9] for found in out])


if __name__ == "__main__":
    main()
