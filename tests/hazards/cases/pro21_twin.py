# /// hazard
# entry = "PRO-21"
# expect = "rewrite"
# ///
"""The program asks how many processors there are, before the loop."""

import os
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    counted = os.cpu_count() is not None
    out = []
    for x in range(count):
        out.append(heavy(x))
    print(out, counted)


if __name__ == "__main__":
    main()
