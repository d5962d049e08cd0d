# /// hazard
# entry = "PIC-04"
# expect = "refuse"
# ///
"""Results are compared with a plain object by identity."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


MISSING = object()


def find(x):
    return heavy(x) if x % 4 else MISSING


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = [find(x) for x in range(count)]
    print(["-" if value is MISSING else value for value in out])


if __name__ == "__main__":
    main()
