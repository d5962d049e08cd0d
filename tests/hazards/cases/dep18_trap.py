# /// hazard
# entry = "DEP-18"
# expect = "same-behaviour"
# ///
"""The first of equal costs must win."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    best = 10
    who = None
    costs = []
    for x in range(count):
        cost = heavy(x) % 4
        costs.append(cost)
        if cost < best:
            best = cost
            who = x
    print(who, best, costs)


if __name__ == "__main__":
    main()
