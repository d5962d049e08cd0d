# /// hazard
# entry = "PRO-14"
# expect = "same-behaviour"
# ///
"""Output waits in a buffer when the loop begins."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    sys.stdout.write("header,")
    out = []
    for x in range(count):
        out.append(heavy(x))
    print(out)


if __name__ == "__main__":
    main()
