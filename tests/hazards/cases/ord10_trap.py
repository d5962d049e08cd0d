# /// hazard
# entry = "ORD-10"
# expect = "same-behaviour"
# ///
"""The body draws its input from an iterator."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    src = iter([x * x for x in range(count)])
    out = []
    for _ in range(count // 2):
        line = next(src)
        out.append(heavy(line))
    print(out, list(src))


if __name__ == "__main__":
    main()
