# /// hazard
# entry = "GEN-02"
# expect = "refuse"
# ///
"""The source prints how far it was read."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def source(n):
    for x in range(n):
        print("read", x)
        yield x


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    for x in source(count):
        out.append(heavy(x))
        print("used", x)
    print(out)


if __name__ == "__main__":
    main()
