# /// hazard
# entry = "EXC-05"
# expect = "rewrite"
# ///
"""The handler reads cause and arguments."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def convert(x):
    try:
        return heavy(x) // (x - 5)
    except ZeroDivisionError as error:
        raise ValueError("bad row") from error


def collect(count):
    return [convert(x) for x in range(count)]


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    try:
        print(collect(count))
    except ValueError as error:
        print(error.args, repr(error.__cause__))


if __name__ == "__main__":
    main()
