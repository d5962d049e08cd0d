# /// hazard
# entry = "DYN-07"
# expect = "rewrite"
# ///
"""A subclass overrides the method with a harmless one."""

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


class Doubling(Base):
    def one(self, x):
        return heavy(x) * 2


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    print(Doubling().all(range(count)))


if __name__ == "__main__":
    main()
