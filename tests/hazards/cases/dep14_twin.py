# /// hazard
# entry = "DEP-14"
# expect = "rewrite"
# ///
"""The function called keeps its sum to itself."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


START = 7


def step(x):
    acc = START
    acc += heavy(x)
    return acc


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = [step(x) for x in range(count)]
    print(out)


if __name__ == "__main__":
    main()
