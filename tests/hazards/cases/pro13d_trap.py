# /// hazard
# entry = "PRO-13"
# expect = "same-behaviour"
# ///
"""The body catches a warning that a filter made an error."""

import sys
import warnings


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def step(x):
    try:
        warnings.warn("soon", DeprecationWarning)
    except DeprecationWarning:
        return -1
    return heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    warnings.simplefilter("error")
    print([step(x) for x in range(count)])


if __name__ == "__main__":
    main()
