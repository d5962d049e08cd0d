# /// hazard
# entry = "EXC-07"
# expect = "refuse"
# skip = ["range-index"]
# ///
"""The source prints as it is read."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def read(count, out):
    for x in range(count):
        print("reading", x, len(out))
        yield x


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    for x in read(count, out):
        out.append(heavy(x))
    print(out)


if __name__ == "__main__":
    main()
