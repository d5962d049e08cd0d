# /// hazard
# entry = "DEP-02"
# expect = "refuse"
# ///
"""A name bound in a comprehension carries a value on."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    prev = 0
    out = [(prev, prev := heavy(x + prev)) for x in range(count)]
    print(out, prev)


if __name__ == "__main__":
    main()
