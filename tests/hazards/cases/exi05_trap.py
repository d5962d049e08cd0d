# /// hazard
# entry = "EXI-05"
# expect = "same-behaviour"
# skip = ["range-index"]
# ///
"""The source never ends, the body breaks out."""

import itertools
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    for n in itertools.count():
        if n >= count:
            break
        out.append(heavy(n))
    print(out)


if __name__ == "__main__":
    main()
