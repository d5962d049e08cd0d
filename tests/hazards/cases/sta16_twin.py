# /// hazard
# entry = "STA-16"
# expect = "rewrite"
# ///
"""A checksum is the same everywhere."""

import sys
import zlib


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def key(x):
    return zlib.crc32(f"user{x}".encode()) % 1000 + heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    found = [key(x) for x in range(count)]
    print(found)


if __name__ == "__main__":
    main()
