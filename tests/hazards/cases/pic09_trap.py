# /// hazard
# entry = "PIC-09"
# expect = "same-behaviour"
# ///
"""Results are functions and cannot travel."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def make(x):
    value = heavy(x)
    return lambda: value


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = [make(x) for x in range(count)]
    print([call() for call in out])


if __name__ == "__main__":
    main()
