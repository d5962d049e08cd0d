# /// hazard
# entry = "DEP-13"
# expect = "same-behaviour"
# ///
"""A set grown in the loop decides what happens."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    seen = set()
    out = []
    for i in range(count):
        x = i * i % 11
        if x not in seen:
            seen.add(x)
            out.append(heavy(x))
    print(out, sorted(seen))


if __name__ == "__main__":
    main()
