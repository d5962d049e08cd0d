# /// hazard
# entry = "PIC-11"
# expect = "refuse"
# ///
"""A decorator counts the calls."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


CALLS = []


def timed(function):
    def wrapper(x):
        CALLS.append(x)
        return function(x)

    return wrapper


@timed
def cost(x):
    return heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = [cost(x) for x in range(count)]
    print(out, CALLS)


if __name__ == "__main__":
    main()
