# /// hazard
# entry = "EXI-05"
# expect = "rewrite"
# ///
"""The endless source is cut before the loop."""

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
    for n in itertools.islice(itertools.count(), max(count, 0)):
        out.append(heavy(n))
    print(out)


if __name__ == "__main__":
    main()
