# /// hazard
# entry = "STA-16"
# expect = "refuse"
# ///
"""The address of an object shows."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


class Thing:
    def __init__(self, x):
        self.x = x


def key(thing):
    return id(thing), heavy(thing.x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    things = [Thing(x) for x in range(count)]
    found = [key(thing) for thing in things]
    print([place == id(thing) for (place, _), thing in zip(found, things)])


if __name__ == "__main__":
    main()
