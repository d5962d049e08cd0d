# /// hazard
# entry = "STA-03"
# expect = "refuse"
# ///
"""The stream is an object made before the loop."""

import random
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    source = random.Random(4)
    noisy = [heavy(x) + source.randint(0, 99) for x in range(count)]
    print(noisy, source.randint(0, 99))


if __name__ == "__main__":
    main()
