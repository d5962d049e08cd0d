# /// hazard
# entry = "RES-08"
# expect = "rewrite"
# ///
"""The function is called once, for all items."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def score(xs):
    out = []
    for y in xs:
        out.append(heavy(y))
    return out


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    print(score(range(count)))


if __name__ == "__main__":
    main()
