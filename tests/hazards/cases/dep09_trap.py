# /// hazard
# entry = "DEP-09"
# expect = "refuse"
# ///
"""Smoothing looks like a reduction and is none."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    m = 0.0
    out = []
    for x in range(count):
        m = 0.9 * m + 0.1 * heavy(x)
        out.append(m)
    print(out)


if __name__ == "__main__":
    main()
