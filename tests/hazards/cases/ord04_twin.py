# /// hazard
# entry = "ORD-04"
# expect = "rewrite"
# ///
"""The condition looks at a dictionary that stays as it is."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    known = {1: "one", 3: "three"}
    d = {}
    for x in range(count):
        k = x % 5
        if k not in known:
            d[x] = heavy(x)
    print(d)


if __name__ == "__main__":
    main()
