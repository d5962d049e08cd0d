# /// hazard
# entry = "PIC-08"
# expect = "refuse"
# ///
"""A bound method changes its object."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


class Model:
    def __init__(self):
        self.seen = {}

    def score(self, x):
        self.seen[x % 5] = heavy(x)
        return len(self.seen)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    model = Model()
    score = model.score
    out = [score(x) for x in range(count)]
    print(out, model.seen)


if __name__ == "__main__":
    main()
