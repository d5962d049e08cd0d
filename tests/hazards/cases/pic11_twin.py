# /// hazard
# entry = "PIC-11"
# expect = "rewrite"
# ///
"""The function is what its name says."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def cost(x):
    return heavy(x) + 1


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = [cost(x) for x in range(count)]
    print(out)


if __name__ == "__main__":
    main()
