# /// hazard
# entry = "DEP-02"
# expect = "same-behaviour"
# ///
"""The carried variable holds the previous item only."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    prev = None
    for x in range(count):
        out.append(heavy(x if prev is None else x - prev))
        prev = x
    print(out, prev)


if __name__ == "__main__":
    main()
