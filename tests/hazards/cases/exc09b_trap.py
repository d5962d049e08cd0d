# /// hazard
# entry = "EXC-09"
# expect = "same-behaviour"
# ///
"""A pure body ends the program."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    for x in range(count):
        if x == 7:
            sys.exit(3)
        out.append(heavy(x))
    print(out)


if __name__ == "__main__":
    main()
