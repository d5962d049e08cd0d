# /// hazard
# entry = "EXC-02"
# expect = "rewrite"
# ///
"""Several items fail; the first of them is reported, uncaught."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def parse(x):
    if x % 8 == 7:
        raise KeyError(x)
    return heavy(x) // (x - 12)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    for x in range(count):
        out.append(parse(x))
    print(out)


if __name__ == "__main__":
    main()
