# /// hazard
# entry = "IOS-13"
# expect = "rewrite"
# ///
"""Each item is data of its own."""

import sys
import zlib


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    items = [zlib.compress(b"x" * x) for x in range(count)]
    out = [heavy(len(zlib.decompress(item))) for item in items]
    print(out)


if __name__ == "__main__":
    main()
