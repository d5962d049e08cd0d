# /// hazard
# entry = "ENV-05"
# expect = "rewrite"
# ///
"""The body looks at the time that is the same everywhere."""

import sys
import time


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    for x in range(count):
        out.append((heavy(x), x % 24))
    print(out, time.gmtime(0).tm_hour)


if __name__ == "__main__":
    main()
