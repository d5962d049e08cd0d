# /// hazard
# entry = "PIC-16"
# expect = "rewrite"
# ///
"""The body reads its item, a buffer."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    items = [bytes([x % 256] * 4) for x in range(count)]
    out = []
    for item in items:
        out.append(heavy(item[1]) + len(item))
    print(out)


if __name__ == "__main__":
    main()
