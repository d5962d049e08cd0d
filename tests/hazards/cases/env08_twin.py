# /// hazard
# entry = "ENV-08"
# expect = "rewrite"
# ///
"""The warning comes behind the loop."""

import sys
import warnings


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    for x in range(count):
        out.append(heavy(x))
    print(out)
    warnings.simplefilter("ignore")
    warnings.warn("old", stacklevel=1)


if __name__ == "__main__":
    main()
