# /// hazard
# entry = "DEP-18"
# expect = "rewrite"
# ///
"""The winner is chosen after the costs are known."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    costs = []
    for x in range(count):
        cost = heavy(x) % 4
        costs.append(cost)
    print(costs, costs.index(min(costs)) if costs else None)


if __name__ == "__main__":
    main()
