# /// hazard
# entry = "EXC-05"
# expect = "refuse"
# ///
"""The handler counts the frames of the traceback."""

import sys
import traceback


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def convert(x):
    try:
        return heavy(x) // (x - 5)
    except ZeroDivisionError as error:
        raise ValueError("bad row") from error


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    try:
        for x in range(count):
            out.append(convert(x))
    except ValueError as error:
        print(len(traceback.extract_tb(error.__traceback__)))
    print(out)


if __name__ == "__main__":
    main()
