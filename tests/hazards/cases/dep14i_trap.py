# /// hazard
# entry = "DEP-14"
# expect = "refuse"
# ///
"""The growing list is an element of another."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    both = [out, 1]
    for x in range(count):
        out.append(heavy(x) + len(both[0]))
    print(out)


if __name__ == "__main__":
    main()
