# /// hazard
# entry = "DEP-14"
# expect = "refuse"
# ///
"""The growing list is also an argument under another name."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def fill(out, seen, count):
    for x in range(count):
        out.append(heavy(x) + len(seen))


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    a = []
    fill(a, a, count)
    print(a)


if __name__ == "__main__":
    main()
