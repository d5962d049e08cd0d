# /// hazard
# entry = "DEP-15"
# expect = "refuse"
# ///
"""The body reads line by line from an open file."""

import io
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    file = io.StringIO("".join(f"{x}\n" for x in range(count)))
    out = []
    for x in range(count):
        out.append(heavy(x) + int(file.readline()))
    print(out)


if __name__ == "__main__":
    main()
