# /// hazard
# entry = "STA-03"
# expect = "refuse"
# ///
"""A generator without a seed, seeded through the module."""

import random
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def step(x):
    random.seed(x)
    return heavy(x) + random.randint(0, 9)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = [step(x) for x in range(count)]
    print(out, random.randint(0, 10**9))


if __name__ == "__main__":
    main()
