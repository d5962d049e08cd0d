# /// hazard
# entry = "EXC-14"
# expect = "rewrite"
# ///
"""The filter is set, and nothing warns."""

import sys
import warnings


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def f(x):
    return heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for x in range(count):
            out.append(f(x))
    print(out)


if __name__ == "__main__":
    main()
