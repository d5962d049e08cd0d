# /// hazard
# entry = "RES-13"
# expect = "rewrite"
# ///
"""The source hands out its frames and tells nothing."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def camera(count):
    for frame in range(count):
        yield frame


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    for frame in camera(count):
        out.append(heavy(frame))
    print(out)


if __name__ == "__main__":
    main()
