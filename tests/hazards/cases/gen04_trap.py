# /// hazard
# entry = "GEN-04"
# expect = "refuse"
# ///
"""The body draws from the generator that the loop is over."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def numbers(n):
    for x in range(n):
        yield x


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    rows = numbers(count)
    out = []
    for x in rows:
        out.append(heavy(x) + next(rows, 0))
    print(out)


if __name__ == "__main__":
    main()
