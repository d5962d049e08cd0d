# /// hazard
# entry = "ENV-09"
# expect = "rewrite"
# ///
"""The time of the process is read behind the loop."""

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
        out.append(heavy(x))
    print(out, time.process_time() >= 0)


if __name__ == "__main__":
    main()
