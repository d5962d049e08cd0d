# /// hazard
# entry = "STA-17"
# expect = "refuse"
# ///
"""Standard output is redirected while the body prints."""

import io
import sys
from contextlib import redirect_stdout


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def report(x):
    print("report", x)
    return heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    buffer = io.StringIO()
    with redirect_stdout(buffer):
        out = [report(x) for x in range(count)]
    print(out, buffer.getvalue())


if __name__ == "__main__":
    main()
