# /// hazard
# entry = "PIC-01"
# expect = "same-behaviour"
# ///
"""The body calls a nested function with a variable of its own."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def run(xs, k):
    def inner(v):
        return heavy(v * k)

    out = []
    for x in xs:
        out.append(inner(x))
    return out


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    print(run(list(range(count)), 3))


if __name__ == "__main__":
    main()
