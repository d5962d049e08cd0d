# /// hazard
# entry = "PIC-06"
# expect = "refuse"
# ///
"""The very NaN that went in is looked for in the results."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def keep(x):
    return x if heavy(3) else 0.0


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    nan = float("nan")
    xs = [nan if x % 3 == 0 else float(x) for x in range(count)]
    out = [keep(x) for x in xs]
    print(nan in out, len(out))


if __name__ == "__main__":
    main()
