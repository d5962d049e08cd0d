# /// hazard
# entry = "DYN-13"
# expect = "same-behaviour"
# ///
"""The body calls the method of the class above."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


class Above:
    def __init__(self, base):
        self.base = base

    def handle(self, x):
        return heavy(x) + self.base


class Below(Above):
    def handle(self, x):
        return -1

    def run(self, xs):
        out = []
        for x in xs:
            out.append(super().handle(x))
        return out


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    print(Below(5).run(range(count)))


if __name__ == "__main__":
    main()
