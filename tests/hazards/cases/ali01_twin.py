# /// hazard
# entry = "ALI-01"
# expect = "rewrite"
# ///
"""The target is made where it is filled."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def blur(src):
    dst = [0] * len(src)
    for i in range(1, len(src) - 1):
        dst[i] = heavy(src[i - 1] + src[i + 1])
    return dst


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    img = list(range(count))
    print(blur(img))


if __name__ == "__main__":
    main()
