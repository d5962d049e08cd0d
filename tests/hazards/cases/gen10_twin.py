# /// hazard
# entry = "GEN-10"
# expect = "rewrite"
# skip = ["statement"]
# ///
"""A comprehension that binds its own variable alone."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    x = "mine"
    out = [heavy(x) + x for x in range(count)]
    print(out, x)


if __name__ == "__main__":
    main()
