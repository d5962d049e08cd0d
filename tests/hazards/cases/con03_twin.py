# /// hazard
# entry = "CON-03"
# expect = "rewrite"
# ///
"""The loop runs in the program itself."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def batch(xs):
    out = []
    for x in xs:
        out.append(heavy(x))
    return out


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    print([batch(xs) for xs in [range(count), range(3)]])


if __name__ == "__main__":
    main()
