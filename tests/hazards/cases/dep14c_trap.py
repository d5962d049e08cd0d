# /// hazard
# entry = "DEP-14"
# expect = "refuse"
# ///
"""A method reads the list of its object, which the loop fills."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


class Holder:
    def __init__(self):
        self.out = []

    def step(self, x):
        return heavy(x) + len(self.out)

    def fill(self, count):
        for x in range(count):
            self.out.append(self.step(x))


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    holder = Holder()
    holder.fill(count)
    print(holder.out)


if __name__ == "__main__":
    main()
