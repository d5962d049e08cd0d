# /// hazard
# entry = "PRO-07"
# expect = "same-behaviour"
# arguments = [["8"], ["1"], ["0"]]
# ///
"""The body holds another loop of the same kind."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def inner(x):
    return [heavy(x + y) for y in range(8)]


def outer(count):
    out = []
    for x in range(count):
        out.append(inner(x))
    return out


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    print(outer(count))


if __name__ == "__main__":
    main()
