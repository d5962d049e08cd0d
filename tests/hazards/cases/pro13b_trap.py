# /// hazard
# entry = "PRO-13"
# expect = "same-behaviour"
# ///
"""A limit on long numbers was lifted, and the body handles its error."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def step(x):
    try:
        return len(str(10 ** (4000 + heavy(x) % 3 + x * 50)))
    except ValueError:
        return None


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    if hasattr(sys, "set_int_max_str_digits"):
        sys.set_int_max_str_digits(0)
    print([step(x) for x in range(count)])


if __name__ == "__main__":
    main()
