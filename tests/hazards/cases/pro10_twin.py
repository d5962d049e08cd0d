# /// hazard
# entry = "PRO-10"
# expect = "rewrite"
# ///
"""The items are pairs of numbers."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    steps = [(x, x + 1) for x in range(count)]
    out = []
    for at, step in steps:
        out.append(step + heavy(at))
    print(out)


if __name__ == "__main__":
    main()
