# /// hazard
# entry = "DEP-08"
# expect = "rewrite"
# ///
"""The cursor follows from the index alone."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    buf = [x % 4 for x in range(count * 6)]
    items = []
    for i in range(count):
        pos = i * 3
        items.append(heavy(buf[pos] + pos))
    print(items)


if __name__ == "__main__":
    main()
