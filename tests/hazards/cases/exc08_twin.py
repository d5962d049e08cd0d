# /// hazard
# entry = "EXC-08"
# expect = "rewrite"
# ///
"""A broad handler in the body that gives a value."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    for x in range(count):
        try:
            value = heavy(x) // (x % 4)
        except Exception:
            value = None
        out.append(value)
    print(out)


if __name__ == "__main__":
    main()
