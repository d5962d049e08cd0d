# /// hazard
# entry = "ORD-05"
# expect = "refuse"
# ///
"""The list is sorted while it grows."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    for x in range(count):
        out.append((heavy(x) % 3, x, len(out) and out[0][1]))
        out.sort(key=lambda pair: pair[0])
    print(out)


if __name__ == "__main__":
    main()
