# /// hazard
# entry = "GEN-04"
# expect = "rewrite"
# ///
"""The body has a generator of its own."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def numbers(n):
    for x in range(n):
        yield x


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    for x in numbers(count):
        out.append(heavy(x) + sum(numbers(x % 5)))
    print(out)


if __name__ == "__main__":
    main()
