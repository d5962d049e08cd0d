# /// hazard
# entry = "EXC-07"
# expect = "same-behaviour"
# skip = ["range-index"]
# ///
"""The source is an object that counts what was asked of it."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


class Source:
    def __init__(self, size):
        self.size = size
        self.asked = 0

    def __getitem__(self, place):
        self.asked += 1
        if place >= self.size:
            raise IndexError(place)
        return place


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    source = Source(count)
    out = []
    try:
        for x in source:
            out.append(heavy(x) // (5 - x))
    except ZeroDivisionError:
        out.append(source.asked)
    print(out)


if __name__ == "__main__":
    main()
