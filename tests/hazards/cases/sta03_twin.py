# /// hazard
# entry = "STA-03"
# expect = "rewrite"
# ///
"""Every item has a generator of its own."""

import random
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    noisy = []
    for x in range(count):
        source = random.Random(x)
        noisy.append(heavy(x) + source.randint(0, 99))
    print(noisy)


if __name__ == "__main__":
    main()
