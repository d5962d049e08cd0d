# /// hazard
# entry = "PIC-06"
# expect = "rewrite"
# ///
"""Numbers come out that are equal to themselves."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def keep(x):
    return x + 0.5 if heavy(3) else 0.0


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    xs = [float(x) for x in range(count)]
    out = [keep(x) for x in xs]
    print(3.5 in out, out)


if __name__ == "__main__":
    main()
