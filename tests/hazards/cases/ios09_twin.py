# /// hazard
# entry = "IOS-09"
# expect = "rewrite"
# ///
"""The program waits once, before the loop."""

import sys
import time


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    time.sleep(0.0001)
    out = []
    for x in range(count):
        out.append(heavy(x))
    print(out)


if __name__ == "__main__":
    main()
