# /// hazard
# entry = "ORD-06"
# expect = "refuse"
# ///
"""A function called by the body writes to a stream."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def report(x):
    sys.stdout.write(f"{x}\n")
    return heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = [report(x) for x in range(count)]
    print(out)


if __name__ == "__main__":
    main()
