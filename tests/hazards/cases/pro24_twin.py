# /// hazard
# entry = "PRO-24"
# expect = "rewrite"
# ///
"""Native code that is known to return: checksums."""

import sys
import zlib


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def step(x):
    return zlib.crc32(bytes([x % 256]) * heavy(x))


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    for x in range(count):
        out.append(step(x))
    print(out)


if __name__ == "__main__":
    main()
