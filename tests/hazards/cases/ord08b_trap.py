# /// hazard
# entry = "ORD-08"
# expect = "refuse"
# ///
"""The function called comes from a table that holds print."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def plain(x):
    return heavy(x)


def loud(x):
    print("loud", x)
    return heavy(x)


TABLE = {0: plain, 1: loud}


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = [TABLE[x % 2](x) for x in range(count)]
    print(out)


if __name__ == "__main__":
    main()
