# /// hazard
# entry = "ORD-09"
# expect = "rewrite"
# ///
"""A try in the body that handles its own error only."""

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
            value = heavy(x) // (x % 3)
        except ZeroDivisionError:
            value = -1
        out.append(value)
    print(out)


if __name__ == "__main__":
    main()
