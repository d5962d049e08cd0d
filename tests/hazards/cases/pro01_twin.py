# /// hazard
# entry = "PRO-01"
# expect = "rewrite"
# ///
"""The loop of a script with a main guard."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def collect(count):
    out = []
    for x in range(count):
        out.append(heavy(x))
    return out


if __name__ == "__main__":
    print(collect(int(sys.argv[1]) if len(sys.argv) > 1 else 24))
