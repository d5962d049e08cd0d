# /// hazard
# entry = "STA-08"
# expect = "refuse"
# ///
"""The body sets a context variable."""

import sys
from contextvars import ContextVar


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


last = ContextVar("last", default=0)


def signed(x):
    before = last.get()
    last.set(heavy(x))
    return before


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    audit = [signed(x) for x in range(count)]
    print(audit, last.get())


if __name__ == "__main__":
    main()
