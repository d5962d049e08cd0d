# /// hazard
# entry = "PIC-08"
# expect = "refuse"
# ///
"""A compressor goes on from item to item."""

import sys
import zlib


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    packer = zlib.compressobj()
    out = []
    for x in range(count):
        out.append(len(packer.compress(str(heavy(x)).encode())))
    print(out, len(packer.flush()))


if __name__ == "__main__":
    main()
