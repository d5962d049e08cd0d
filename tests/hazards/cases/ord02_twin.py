# /// hazard
# entry = "ORD-02"
# expect = "rewrite"
# ///
"""Keys are the items, in order."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    index = {}
    for x in range(count, 0, -1):
        index[x] = [heavy(x)]
    print(index)


if __name__ == "__main__":
    main()
