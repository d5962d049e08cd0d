# /// hazard
# entry = "PIC-03"
# expect = "refuse"
# ///
"""The body writes to an open file."""

import io
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def save(x, file):
    file.write(f"{heavy(x)}\n")
    return file.tell()


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    file = io.StringIO()
    places = [save(x, file) for x in range(count)]
    print(places, file.getvalue())


if __name__ == "__main__":
    main()
