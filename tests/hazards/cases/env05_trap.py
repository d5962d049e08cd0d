# /// hazard
# entry = "ENV-05"
# expect = "same-behaviour"
# ///
"""The program changes its zone before the loop, and the body looks."""

import os
import sys
import time


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    os.environ["TZ"] = "XYZ-5"
    time.tzset()
    out = []
    for x in range(count):
        out.append((heavy(x), time.localtime(x * 100000).tm_hour))
    print(out)


if __name__ == "__main__":
    main()
