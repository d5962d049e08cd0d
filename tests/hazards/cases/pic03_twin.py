# /// hazard
# entry = "PIC-03"
# expect = "rewrite"
# ///
"""Lines are collected, the file is written afterwards."""

import io
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def line(x):
    return f"{heavy(x)}\n"


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    file = io.StringIO()
    lines = [line(x) for x in range(count)]
    file.writelines(lines)
    print(file.getvalue())


if __name__ == "__main__":
    main()
