# /// hazard
# entry = "ALI-07"
# expect = "same-behaviour"
# ///
"""All results are one list of the module, changed afterwards."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


TABLE = [1]


def pick(x):
    return TABLE if heavy(x) >= 0 else []


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = [pick(x) for x in range(count)]
    if out:
        out[0].append(2)
    print(out, TABLE)


if __name__ == "__main__":
    main()
