# /// hazard
# entry = "PIC-08"
# expect = "refuse"
# ///
"""A counter is updated by the function called."""

import sys
from collections import Counter


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def step(tally, x):
    tally.update([heavy(x) % 3])
    return tally.most_common(1)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    tally = Counter()
    print([step(tally, x) for x in range(count)], tally)


if __name__ == "__main__":
    main()
