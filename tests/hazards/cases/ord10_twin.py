# /// hazard
# entry = "ORD-10"
# expect = "rewrite"
# ///
"""The loop itself draws the input."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    src = [x * x for x in range(count)]
    out = []
    for line in src:
        out.append(heavy(line))
    print(out)


if __name__ == "__main__":
    main()
