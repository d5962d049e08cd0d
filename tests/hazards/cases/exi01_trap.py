# /// hazard
# entry = "EXI-01"
# expect = "refuse"
# ///
"""The body leaves a trace and breaks out."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


TRIED = []


def attempt(x):
    TRIED.append(x)
    return heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    for x in range(count):
        value = attempt(x)
        out.append(value)
        if value % 50 == 1 or x == 9:
            break
    print(out, TRIED)


if __name__ == "__main__":
    main()
