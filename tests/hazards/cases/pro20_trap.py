# /// hazard
# entry = "PRO-20"
# expect = "refuse"
# ///
"""The body sets a signal handler."""

import signal
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def step(x):
    before = signal.signal(signal.SIGUSR1, signal.SIG_IGN if x % 2 else signal.SIG_DFL)
    return before == signal.SIG_IGN, heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = [step(x) for x in range(count)]
    print(out, signal.getsignal(signal.SIGUSR1) == signal.SIG_IGN)


if __name__ == "__main__":
    main()
