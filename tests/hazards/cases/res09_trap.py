# /// hazard
# entry = "RES-09"
# expect = "same-behaviour"
# ///
"""What the loop reads is taken away when its scope ends."""

import contextlib
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


@contextlib.contextmanager
def opened(table):
    table["base"] = 5
    try:
        yield
    finally:
        table.clear()


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    table = {}
    with opened(table):
        out = [heavy(x) + table["base"] for x in range(count)]
    print(out, table)


if __name__ == "__main__":
    main()
