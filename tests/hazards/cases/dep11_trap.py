# /// hazard
# entry = "DEP-11"
# expect = "same-behaviour"
# ///
"""Loop variable and temporary are read after the loop, unbound if it was empty."""

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
        total = heavy(x)
        out.append(total)
    print(out)
    print(x, total)


if __name__ == "__main__":
    main()
