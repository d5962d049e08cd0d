# /// hazard
# entry = "EXC-12"
# expect = "same-behaviour"
# ///
"""A handler that would also catch the failure of a pool."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def compute(count):
    return [heavy(x) // (x - 20) for x in range(count)]


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    try:
        results = compute(count)
    except (RuntimeError, ArithmeticError, TimeoutError) as error:
        results = ["cached", type(error).__name__]
    print(results)


if __name__ == "__main__":
    main()
