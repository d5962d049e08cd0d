# /// hazard
# entry = "STA-18"
# expect = "refuse"
# ///
"""An operator of the items changes its left side."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


class Sum:
    def __init__(self, x):
        self.x = x

    def __iadd__(self, other):
        self.x = heavy(self.x + other)
        return self


def step(item):
    item += 5
    return item.x


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    sums = [Sum(x) for x in range(count)]
    print([step(item) for item in sums], [item.x for item in sums])


if __name__ == "__main__":
    main()
