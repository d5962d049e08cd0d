# /// hazard
# entry = "PIC-16"
# expect = "same-behaviour"
# ///
"""The body writes into its item, a buffer that the caller keeps."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    items = [bytearray(4) for _ in range(count)]
    out = []
    for x, item in enumerate(items):
        item[x % 4] = heavy(x) % 256
        out.append(len(item))
    print(out, items)


if __name__ == "__main__":
    main()
