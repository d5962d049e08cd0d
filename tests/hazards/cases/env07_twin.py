# /// hazard
# entry = "ENV-07"
# expect = "rewrite"
# ///
"""What is printed behind the loop is caught."""

import contextlib
import io
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = [heavy(x) for x in range(count)]
    caught = io.StringIO()
    with contextlib.redirect_stdout(caught):
        print(out)
    print(repr(caught.getvalue()))


if __name__ == "__main__":
    main()
