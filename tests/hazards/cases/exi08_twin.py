# /// hazard
# entry = "EXI-08"
# expect = "rewrite"
# ///
"""Costs are limited one by one."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    limit = 500000
    out = []
    for x in range(count):
        cost = heavy(x)
        if cost < limit:
            out.append(cost)
    print(out)


if __name__ == "__main__":
    main()
