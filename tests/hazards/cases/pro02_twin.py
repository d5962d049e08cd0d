# /// hazard
# entry = "PRO-02"
# expect = "rewrite"
# ///
"""The script makes constants while it is imported."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


LOADED = [0]
SIZE = len(LOADED)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    for x in range(count):
        out.append(heavy(x) + SIZE)
    print(out)


if __name__ == "__main__":
    main()
