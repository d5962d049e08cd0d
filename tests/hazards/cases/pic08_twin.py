# /// hazard
# entry = "PIC-08"
# expect = "rewrite"
# ///
"""A bound method reads its object."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


class Model:
    def __init__(self):
        self.weights = {x: x * x for x in range(5)}

    def score(self, x):
        return self.weights[x % 5] + heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    model = Model()
    out = [model.score(x) for x in range(count)]
    print(out, model.weights)


if __name__ == "__main__":
    main()
