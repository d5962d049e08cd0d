# /// hazard
# entry = "STA-04"
# expect = "refuse"
# ///
"""The body draws from a seeded stream."""

import random
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    random.seed(count)
    out = []
    for x in range(count):
        out.append(heavy(x) + random.randrange(1000))
    print(out)


if __name__ == "__main__":
    main()
