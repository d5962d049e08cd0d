# /// hazard
# entry = "STA-11"
# expect = "refuse"
# ///
"""A method adds up in its object."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


class Album:
    def __init__(self):
        self.total = 0

    def measure(self, x):
        self.total += heavy(x)
        return self.total

    def all(self, count):
        return [self.measure(x) for x in range(count)]


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    album = Album()
    print(album.all(count), album.total)


if __name__ == "__main__":
    main()
