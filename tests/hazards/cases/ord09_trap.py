# /// hazard
# entry = "ORD-09"
# expect = "refuse"
# ///
"""Entering and leaving a context is seen from outside."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


TRACE = []


class Scope:
    def __init__(self, x):
        self.x = x

    def __enter__(self):
        TRACE.append(("in", self.x))
        return self.x

    def __exit__(self, *what):
        TRACE.append(("out", self.x))


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    for x in range(count):
        with Scope(x) as value:
            out.append(heavy(value))
    print(out, TRACE)


if __name__ == "__main__":
    main()
