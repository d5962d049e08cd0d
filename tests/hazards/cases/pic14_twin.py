# /// hazard
# entry = "PIC-14"
# expect = "rewrite"
# ///
"""A table is keyed by the names of the items."""

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
    meta = {node.x: node.x + 1 for node in nodes}
    out = [heavy(meta.get(node.x, -1)) for node in nodes]
    print(out)


if __name__ == "__main__":
    main()
