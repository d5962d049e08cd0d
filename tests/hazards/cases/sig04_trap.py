# /// hazard
# entry = "SIG-04"
# expect = "refuse"
# ///
"""Each iteration sets an alarm and takes it back."""

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
        signal.alarm(50)
        out.append(heavy(x))
        out.append(signal.alarm(0) > 0)
    print(out)


if __name__ == "__main__":
    main()
