# /// hazard
# entry = "EXC-06"
# expect = "same-behaviour"
# ///
"""A handler for the plain type must still match."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def fetch(x):
    if x == 6:
        raise ConnectionError("gone")
    return heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    got = []
    try:
        for x in range(count):
            got.append(fetch(x))
    except OSError as error:
        print(type(error).__name__, error)
    print(got)


if __name__ == "__main__":
    main()
