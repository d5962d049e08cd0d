# /// hazard
# entry = "PIC-02"
# expect = "same-behaviour"
# ///
"""Results are objects of a class made in the function."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def load(xs):
    class Row:
        def __init__(self, a):
            self.a = a

    return [Row(heavy(x)) for x in xs]


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    rows = load(list(range(count)))
    print([(type(row).__qualname__, row.a) for row in rows])


if __name__ == "__main__":
    main()
