# /// hazard
# entry = "DYN-11"
# expect = "rewrite"
# ///
"""The annotation says what is true."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def step(xs: list[int]):
    return [heavy(x) for x in xs]


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    print(step(list(range(count))))


if __name__ == "__main__":
    main()
