# /// hazard
# entry = "ENV-08"
# expect = "same-behaviour"
# ///
"""Each call warns, and warnings are shown in a way of the program."""

import sys
import warnings


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def shown(message, *rest):
    print("warned", message)


warnings.showwarning = shown


def step(x):
    warnings.warn("old", DeprecationWarning, stacklevel=1)
    return heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    for x in range(count):
        out.append(step(x))
    print(out)


if __name__ == "__main__":
    main()
