# /// hazard
# entry = "PRO-22"
# expect = "rewrite"
# ///
"""The name is a constant."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


NAME = "MainProcess"


def step(x):
    return NAME, heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = [step(x) for x in range(count)]
    print(out)


if __name__ == "__main__":
    main()
