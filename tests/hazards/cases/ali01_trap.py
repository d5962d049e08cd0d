# /// hazard
# entry = "ALI-01"
# expect = "refuse"
# ///
"""Source and target are one list."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def blur(src, dst):
    for i in range(1, len(src) - 1):
        dst[i] = heavy(src[i - 1] + src[i + 1])


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    img = list(range(count))
    blur(img, img)
    print(img)


if __name__ == "__main__":
    main()
