# /// hazard
# entry = "GEN-08"
# expect = "same-behaviour"
# ///
"""Groups share their source."""

import itertools
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    for key, group in itertools.groupby(range(count), lambda x: x // 4):
        out.append((key, [heavy(x) for x in group]))
    print(out)


if __name__ == "__main__":
    main()
