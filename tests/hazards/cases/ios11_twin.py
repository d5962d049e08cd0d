# /// hazard
# entry = "IOS-11"
# expect = "rewrite"
# ///
"""The records are read before the loop."""

import csv
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    text = "".join(f'{x},"a\nb{x}"\n' for x in range(count))
    rows = list(csv.reader(text.splitlines(keepends=True)))
    out = []
    for row in rows:
        out.append((row[1], heavy(int(row[0]))))
    print(out)


if __name__ == "__main__":
    main()
