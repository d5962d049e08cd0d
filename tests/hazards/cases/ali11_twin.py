# /// hazard
# entry = "ALI-11"
# expect = "rewrite"
# ///
"""The bytes are only read."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    buf = bytes(range(count + 1))
    out = []
    for k in range(count):
        out.append(heavy(buf[k]) % 256)
    print(out, buf)


if __name__ == "__main__":
    main()
