# /// hazard
# entry = "STA-07"
# expect = "rewrite"
# ///
"""Integers know no context."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    shares = []
    for x in range(count):
        shares.append(str(heavy(x) // 3))
    print(shares)


if __name__ == "__main__":
    main()
