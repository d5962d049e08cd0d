# /// hazard
# entry = "SIG-04"
# expect = "rewrite"
# ///
"""One alarm for the whole program, taken back before the loop."""

import signal
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    signal.alarm(50)
    signal.alarm(0)
    out = []
    for x in range(count):
        out.append(heavy(x))
    print(out)


if __name__ == "__main__":
    main()
