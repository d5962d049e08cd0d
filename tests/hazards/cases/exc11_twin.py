# /// hazard
# entry = "EXC-11"
# expect = "rewrite"
# ///
"""The body calls directly."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    for x in range(min(count, 8)):
        out.append((x, heavy(x)))
    print(out)


if __name__ == "__main__":
    main()
