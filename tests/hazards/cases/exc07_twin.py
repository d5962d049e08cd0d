# /// hazard
# entry = "EXC-07"
# expect = "rewrite"
# ///
"""The source is a list, checked before the loop."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    good = [x for x in range(count) if x < 13]
    out = []
    for x in good:
        out.append(heavy(x))
    print(out)


if __name__ == "__main__":
    main()
