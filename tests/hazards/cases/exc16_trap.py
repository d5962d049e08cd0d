# /// hazard
# entry = "EXC-16"
# expect = "same-behaviour"
# skip = ["statement"]
# ///
"""The error belongs inside the block that suppresses it."""

import sys
from contextlib import suppress


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def look(x):
    return {0: heavy(0), 1: heavy(1)}[x]


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    a = b = None
    with suppress(KeyError):
        a = [look(x) for x in range(count)]
    print(a)
    b = [look(x % 2) for x in range(count)]
    print(b)
    b = [look(x) for x in range(count)]
    print(b)


if __name__ == "__main__":
    main()
