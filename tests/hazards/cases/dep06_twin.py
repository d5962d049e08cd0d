# /// hazard
# entry = "DEP-06"
# expect = "rewrite"
# ///
"""The index list is read, results go to the own index."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    bucket = [i * 7 % 5 for i in range(count)]
    out = [0] * count
    for i in range(count):
        out[i] = heavy(bucket[i])
    print(out)


if __name__ == "__main__":
    main()
