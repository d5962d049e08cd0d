# /// hazard
# entry = "ORD-08"
# expect = "rewrite"
# ///
"""Both functions called are known and pure."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def first(event):
    return heavy(event + 1)


def second(event):
    return heavy(event + 2)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    for event in range(count):
        out.append(first(event))
        out.append(second(event))
    print(out)


if __name__ == "__main__":
    main()
