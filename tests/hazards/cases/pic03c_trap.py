# /// hazard
# entry = "PIC-03"
# expect = "same-behaviour"
# ///
"""Results are generators, run afterwards."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def steps(x):
    yield heavy(x)
    yield heavy(x + 1)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = [steps(x) for x in range(count)]
    print([list(step) for step in out])


if __name__ == "__main__":
    main()
