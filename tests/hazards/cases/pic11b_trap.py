# /// hazard
# entry = "PIC-11"
# expect = "same-behaviour"
# ///
"""A decorator hides the function under another name."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def plus_one(function):
    def wrapper(x):
        return function(x) + 1

    return wrapper


@plus_one
def cost(x):
    return heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = [cost(x) for x in range(count)]
    print(out)


if __name__ == "__main__":
    main()
