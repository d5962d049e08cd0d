# /// hazard
# entry = "PIC-12"
# expect = "rewrite"
# ///
"""The body reads an attribute of its object."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


class Point:
    def __init__(self, x):
        self.x = x


def place(point):
    return isinstance(point, Point), heavy(point.x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = [place(Point(x)) for x in range(count)]
    print(out)


if __name__ == "__main__":
    main()
