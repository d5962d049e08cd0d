# /// hazard
# entry = "STA-02"
# expect = "same-behaviour"
# ///
"""A method is replaced in main."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


class Model:
    def score(self, x):
        return heavy(x)


def louder(self, x):
    return heavy(x) + 7


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    Model.score = louder
    model = Model()
    print([model.score(x) for x in range(count)])


if __name__ == "__main__":
    main()
