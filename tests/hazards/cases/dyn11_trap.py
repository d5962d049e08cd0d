# /// hazard
# entry = "DYN-11"
# expect = "same-behaviour"
# ///
"""The annotation says list, and it is a text."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def step(xs: list[int]):
    return [heavy(len(str(x))) for x in xs]


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    print(step(range(count)), step("abc"[: count % 4]))


if __name__ == "__main__":
    main()
