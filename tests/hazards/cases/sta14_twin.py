# /// hazard
# entry = "STA-14"
# expect = "rewrite"
# ///
"""The table is full before the loop and only read."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


TABLE = {key: key * key for key in range(7)}


def get(key):
    if key not in TABLE:
        return heavy(key)
    return TABLE[key] + heavy(key)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = [get(x % 9) for x in range(count)]
    print(out)


if __name__ == "__main__":
    main()
