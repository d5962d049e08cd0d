# /// hazard
# entry = "SIG-03"
# expect = "refuse"
# ///
"""Each iteration sets a handler."""

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
        signal.signal(signal.SIGUSR1, signal.SIG_IGN)
        out.append(heavy(x))
    print(out)


if __name__ == "__main__":
    main()
