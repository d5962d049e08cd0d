# /// hazard
# entry = "DEP-15"
# expect = "rewrite"
# ///
"""The file is read once, before the loop."""

import os
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    with open(os.devnull) as file:
        base = len(file.read())
    out = []
    for x in range(count):
        n = base + heavy(x)
        out.append(n)
    print(out)


if __name__ == "__main__":
    main()
