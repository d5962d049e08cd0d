# /// hazard
# entry = "PIC-12"
# expect = "same-behaviour"
# ///
"""Results are objects of a class of the script, tested by type."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


class Point:
    def __init__(self, x):
        self.x = heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = [Point(x) for x in range(count)]
    print([type(point) is Point for point in out], [type(point).__module__ for point in out])
    print([point.x for point in out])


if __name__ == "__main__":
    main()
