# /// hazard
# entry = "STA-18"
# expect = "refuse"
# ///
"""A subclass overrides the method that the loop calls."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


class Base:
    def score(self, x):
        return heavy(x)

    def all(self, count):
        return [self.score(x) for x in range(count)]


class Counting(Base):
    def __init__(self):
        self.calls = 0

    def score(self, x):
        self.calls += 1
        return heavy(x) + self.calls


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    print(Base().all(count))
    counting = Counting()
    print(counting.all(count), counting.calls)


if __name__ == "__main__":
    main()
