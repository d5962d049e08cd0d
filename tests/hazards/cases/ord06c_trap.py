# /// hazard
# entry = "ORD-06"
# expect = "same-behaviour"
# ///
"""The list that collects prints what it gets."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


class Log(list):
    def append(self, value):
        print("got", value, len(self))
        super().append(value)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = Log()
    for x in range(count):
        out.append(heavy(x))
    print(out)


if __name__ == "__main__":
    main()
