# /// hazard
# entry = "PIC-09"
# expect = "rewrite"
# ///
"""Results are tuples."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def make(x):
    value = heavy(x)
    return value, x


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = [make(x) for x in range(count)]
    print(out)


if __name__ == "__main__":
    main()
