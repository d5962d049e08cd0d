# /// hazard
# entry = "PRO-08"
# expect = "rewrite"
# ///
"""The body returns early."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def step(x):
    if x == 11:
        return 4
    return heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = [step(x) for x in range(count)]
    print(out)


if __name__ == "__main__":
    main()
