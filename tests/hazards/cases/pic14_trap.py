# /// hazard
# entry = "PIC-14"
# expect = "refuse"
# ///
"""A table is keyed by the addresses of the items."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


class Node:
    def __init__(self, x):
        self.x = x


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    nodes = [Node(x) for x in range(count)]
    meta = {id(node): node.x for node in nodes}
    out = [heavy(meta.get(id(node), -1)) for node in nodes]
    print(out)


if __name__ == "__main__":
    main()
