# /// hazard
# entry = "RES-01"
# expect = "same-behaviour"
# ///
"""The input is longer than the loop ever looks."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def endless():
    x = 0
    while True:
        yield x
        x += 1


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    for x in endless():
        if x >= count:
            break
        out.append(heavy(x))
    print(out)


if __name__ == "__main__":
    main()
