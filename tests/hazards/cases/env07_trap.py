# /// hazard
# entry = "ENV-07"
# expect = "same-behaviour"
# ///
"""What the body prints is caught."""

import contextlib
import io
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def shown(x):
    print(x)
    return heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    caught = io.StringIO()
    with contextlib.redirect_stdout(caught):
        out = [shown(x) for x in range(count)]
    print(out, repr(caught.getvalue()))


if __name__ == "__main__":
    main()
