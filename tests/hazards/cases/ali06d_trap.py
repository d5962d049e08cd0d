# /// hazard
# entry = "ALI-06"
# expect = "refuse"
# ///
"""An argument is sorted by the function called."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def median(values, x):
    values.append(heavy(x))
    values.sort()
    return values[len(values) // 2]


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    values = [500]
    out = [median(values, x) for x in range(count)]
    print(out, values)


if __name__ == "__main__":
    main()
