# /// hazard
# entry = "PRO-13"
# expect = "same-behaviour"
# ///
"""The body uses decimals under a trap that main has lifted."""

import sys
from decimal import Decimal, DivisionByZero, getcontext


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def step(x):
    try:
        return str(Decimal(heavy(x)) / Decimal(x % 3))
    except DivisionByZero:
        return "error"


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    getcontext().traps[DivisionByZero] = False
    print([step(x + 1) for x in range(count)])


if __name__ == "__main__":
    main()
