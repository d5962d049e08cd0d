# /// hazard
# entry = "IOS-11"
# expect = "same-behaviour"
# ///
"""A record has a line break in quotes."""

import csv
import io
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    text = "".join(f'{x},"a\nb{x}"\n' for x in range(count))
    out = []
    for row in csv.reader(io.StringIO(text)):
        out.append((row[1], heavy(int(row[0]))))
    print(out)


if __name__ == "__main__":
    main()
