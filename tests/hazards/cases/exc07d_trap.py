# /// hazard
# entry = "EXC-07"
# expect = "refuse"
# skip = ["range-index"]
# ///
"""The source looks at the results so far."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def read(count, out):
    for x in range(count):
        yield x + len(out)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    for x in read(count, out):
        out.append(heavy(x))
    print(out)


if __name__ == "__main__":
    main()
