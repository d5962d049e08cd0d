# /// hazard
# entry = "ENV-04"
# expect = "rewrite"
# ///
"""The stamp is made once."""

import sys
import time


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    now = time.monotonic_ns()
    out = []
    for x in range(count):
        out.append(heavy(x))
    print(out, now > 0)


if __name__ == "__main__":
    main()
