# /// hazard
# entry = "STA-01"
# expect = "rewrite"
# ///
"""The dictionary is the call's own."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def lookup(k):
    cache = {}
    cache[k] = heavy(k)
    return cache[k]


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = [lookup(k) for k in range(count)]
    print(out)


if __name__ == "__main__":
    main()
