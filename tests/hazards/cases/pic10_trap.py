# /// hazard
# entry = "PIC-10"
# expect = "same-behaviour"
# ///
"""Each item carries much more than its work needs."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    items = [(x, "x" * 300000) for x in range(count)]
    out = []
    for x, load in items:
        out.append(heavy(x) + len(load))
    print(out)


if __name__ == "__main__":
    main()
