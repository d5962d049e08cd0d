# /// hazard
# entry = "EXC-16"
# expect = "rewrite"
# ///
"""Nothing is looked up that is missing."""

import sys
from contextlib import suppress


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def look(x):
    return {0: heavy(0), 1: heavy(1)}[x % 2]


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    a = None
    with suppress(KeyError):
        a = [look(x) for x in range(count)]
    print(a)


if __name__ == "__main__":
    main()
