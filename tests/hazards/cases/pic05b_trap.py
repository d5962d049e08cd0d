# /// hazard
# entry = "PIC-05"
# expect = "refuse"
# ///
"""Pickling an object leaves a trace."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


PICKLED = []


class Node:
    def __init__(self, x):
        self.x = x

    def __reduce__(self):
        PICKLED.append(self.x)
        return Node, (self.x + 1,)

    def cost(self):
        return heavy(self.x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    nodes = [Node(x) for x in range(count)]
    out = [node.cost() for node in nodes]
    print(out, PICKLED)


if __name__ == "__main__":
    main()
