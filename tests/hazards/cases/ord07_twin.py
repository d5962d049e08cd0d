# /// hazard
# entry = "ORD-07"
# expect = "rewrite"
# ///
"""The folder is listed once."""

import os
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    names = sorted(os.listdir(os.sep))[:count]
    out = []
    for name in names:
        out.append((name, heavy(len(name))))
    print(out)


if __name__ == "__main__":
    main()
