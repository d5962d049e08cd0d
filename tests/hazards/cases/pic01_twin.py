# /// hazard
# entry = "PIC-01"
# expect = "rewrite"
# ///
"""The function called belongs to the module."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def inner(v, k):
    return heavy(v * k)


def run(xs, k):
    return [inner(x, k) for x in xs]


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    print(run(list(range(count)), 3))


if __name__ == "__main__":
    main()
