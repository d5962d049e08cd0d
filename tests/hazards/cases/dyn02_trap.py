# /// hazard
# entry = "DYN-02"
# expect = "same-behaviour"
# ///
"""A name of the language means something else here."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


total = []


def sum(values):
    total.append(len(total))
    return max(values) + len(total)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    for x in range(count):
        out.append(sum([heavy(x), x]))
    print(out)


if __name__ == "__main__":
    main()
