# /// hazard
# entry = "PRO-23"
# expect = "refuse"
# ///
"""An item kills the process that it runs in."""

import os
import signal
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def step(x):
    if x == 9:
        os.kill(os.getpid(), signal.SIGKILL)
    return heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    for x in range(count):
        out.append(step(x))
    print(out)


if __name__ == "__main__":
    main()
