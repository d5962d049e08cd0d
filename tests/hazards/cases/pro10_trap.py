# /// hazard
# entry = "PRO-10"
# expect = "same-behaviour"
# ///
"""The items are functions that cannot be pickled."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    steps = [lambda y, x=x: y + x for x in range(count)]
    out = []
    for at, step in enumerate(steps):
        out.append(step(heavy(at)))
    print(out)


if __name__ == "__main__":
    main()
