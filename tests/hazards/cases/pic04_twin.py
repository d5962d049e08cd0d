# /// hazard
# entry = "PIC-04"
# expect = "rewrite"
# ///
"""Items are compared with None."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    values = [None if x % 5 == 0 else x for x in range(count)]
    out = [heavy(1) if v is None else heavy(v) for v in values]
    print(out)


if __name__ == "__main__":
    main()
