# /// hazard
# entry = "ALI-12"
# expect = "refuse"
# ///
"""One list is reused for every row."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    row = [0]
    out = []
    for i in range(count):
        row[0] = heavy(i)
        out.append(row)
    print(out)


if __name__ == "__main__":
    main()
