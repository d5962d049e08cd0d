# /// hazard
# entry = "ENV-03"
# expect = "rewrite"
# ///
"""The loop is measured as a whole."""

import sys
import time


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    begin = time.perf_counter()
    out = []
    for x in range(count):
        out.append(heavy(x))
    took = time.perf_counter() - begin
    print(out, took >= 0)


if __name__ == "__main__":
    main()
