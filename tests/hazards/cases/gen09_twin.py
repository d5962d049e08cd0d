# /// hazard
# entry = "GEN-09"
# expect = "rewrite"
# ///
"""A comprehension gives a list."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = [heavy(x) for x in range(count)]
    print(type(out).__name__, hasattr(out, "__len__"), out)


if __name__ == "__main__":
    main()
