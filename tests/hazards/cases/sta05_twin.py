# /// hazard
# entry = "STA-05"
# expect = "rewrite"
# ///
"""The function called caches nothing."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def rate(k):
    return heavy(k)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = [rate(x % 6) for x in range(count)]
    print(out)


if __name__ == "__main__":
    main()
