# /// hazard
# entry = "EXC-07"
# expect = "same-behaviour"
# skip = ["range-index"]
# ///
"""The source raises after some good items."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def read_until_corrupt(count):
    for x in range(count):
        if x == 13:
            raise EOFError("corrupt at 13")
        yield x


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    try:
        for x in read_until_corrupt(count):
            out.append(heavy(x))
    except EOFError as error:
        print(error)
    print(out)


if __name__ == "__main__":
    main()
