# /// hazard
# entry = "STA-08"
# expect = "same-behaviour"
# ///
"""The body reads a context variable."""

import sys
from contextvars import ContextVar


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


user = ContextVar("user", default="nobody")


def signed(x):
    return user.get(), heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    user.set("ann")
    audit = [signed(x) for x in range(count)]
    print(audit)


if __name__ == "__main__":
    main()
