# /// hazard
# entry = "ALI-07"
# expect = "same-behaviour"
# ///
"""Results share a part that is changed afterwards."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def pair(x, shared):
    return [heavy(x), shared]


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    shared = [0]
    out = []
    for x in range(count):
        out.append(pair(x, shared))
    if out:
        out[0][1].append(5)
    print(out, shared)


if __name__ == "__main__":
    main()
