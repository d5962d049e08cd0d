# /// hazard
# entry = "EXC-14"
# expect = "same-behaviour"
# ///
"""Warnings are errors while the loop runs."""

import sys
import warnings


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def f(x):
    if x == 10:
        warnings.warn("ten", UserWarning)
    return heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            for x in range(count):
                out.append(f(x))
        except UserWarning as warning:
            print("warned", warning)
    print(out)


if __name__ == "__main__":
    main()
