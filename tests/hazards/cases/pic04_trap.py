# /// hazard
# entry = "PIC-04"
# expect = "refuse"
# ///
"""Items are compared with a plain object by identity."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


MISSING = object()


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    values = [MISSING if x % 5 == 0 else x for x in range(count)]
    out = [heavy(1) if v is MISSING else heavy(v) for v in values]
    print(out)


if __name__ == "__main__":
    main()
