# /// hazard
# entry = "DYN-07"
# expect = "refuse"
# ///
"""A subclass overrides the method with one that keeps count."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


class Base:
    def all(self, xs):
        return [self.one(x) for x in xs]

    def one(self, x):
        return heavy(x)


class Counting(Base):
    def __init__(self):
        self.seen = 0

    def one(self, x):
        self.seen += 1
        return heavy(x) + self.seen


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    print(Counting().all(range(count)))


if __name__ == "__main__":
    main()
