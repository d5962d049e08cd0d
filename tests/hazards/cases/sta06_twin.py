# /// hazard
# entry = "STA-06"
# expect = "rewrite"
# ///
"""The constructor sets its own attributes only."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


class Job:
    def __init__(self, x):
        self.number = x + 1
        self.cost = heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    costs = [Job(x).cost for x in range(count)]
    print(costs)


if __name__ == "__main__":
    main()
