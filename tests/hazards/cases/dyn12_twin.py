# /// hazard
# entry = "DYN-12"
# expect = "rewrite"
# ///
"""The function is there in any case."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def step(x):
    return heavy(x) + 3


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    for x in range(count):
        out.append(step(x))
    print(out)


if __name__ == "__main__":
    main()
