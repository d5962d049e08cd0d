# /// hazard
# entry = "MEM-02"
# expect = "same-behaviour"
# ///
"""A large table is read by every iteration."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    table = {k: k * 3 for k in range(100000)}
    out = []
    for x in range(count):
        out.append(heavy(table[x]))
    print(out)


if __name__ == "__main__":
    main()
