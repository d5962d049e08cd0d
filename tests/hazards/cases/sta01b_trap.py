# /// hazard
# entry = "STA-01"
# expect = "refuse"
# ///
"""A global is written by way of globals()."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


total = 0


def step(x):
    globals()["total"] += heavy(x)
    return total


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = [step(x) for x in range(count)]
    print(out, total)


if __name__ == "__main__":
    main()
