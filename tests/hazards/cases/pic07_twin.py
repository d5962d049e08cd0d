# /// hazard
# entry = "PIC-07"
# expect = "rewrite"
# ///
"""Results are plain dictionaries."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def tally(x):
    found = {}
    found[heavy(x) % 3] = [1, 0]
    return found


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = [tally(x) for x in range(count)]
    print(out)


if __name__ == "__main__":
    main()
