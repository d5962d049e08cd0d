# /// hazard
# entry = "GEN-08"
# expect = "rewrite"
# ///
"""Groups are lists of their own."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    groups = [list(range(at, at + 4)) for at in range(0, count, 4)]
    out = []
    for group in groups:
        out.append([heavy(x) for x in group])
    print(out)


if __name__ == "__main__":
    main()
