# /// hazard
# entry = "STA-12"
# expect = "refuse"
# ///
"""A generator keeps its state between calls."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def numbers():
    n = 0
    while True:
        n += 1
        yield n


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    source = numbers()
    out = []
    for x in range(count):
        out.append(heavy(x) + next(source))
    print(out, next(source))


if __name__ == "__main__":
    main()
