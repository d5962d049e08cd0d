# /// hazard
# entry = "PIC-03"
# expect = "same-behaviour"
# ///
"""Items are iterators, which cannot travel."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def total(source):
    return sum(heavy(x) for x in source)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    sources = [iter(range(x)) for x in range(count)]
    out = [total(source) for source in sources]
    print(out, [list(source) for source in sources])


if __name__ == "__main__":
    main()
