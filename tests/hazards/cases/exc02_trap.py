# /// hazard
# entry = "EXC-02"
# expect = "refuse"
# ///
"""A note is taken of every item until the first failure."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def parse(x, notes):
    notes.append(x)
    if x % 8 == 7:
        raise KeyError(x)
    return heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    notes = []
    try:
        out = [parse(x, notes) for x in range(count)]
        print(out)
    except KeyError as error:
        print("stopped", error)
    print(notes)


if __name__ == "__main__":
    main()
