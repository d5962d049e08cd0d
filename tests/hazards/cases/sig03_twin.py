# /// hazard
# entry = "SIG-03"
# expect = "rewrite"
# ///
"""The handler is set behind the loop."""

import signal
import sys


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
    signal.signal(signal.SIGUSR1, signal.SIG_IGN)
    print(out)


if __name__ == "__main__":
    main()
