# /// hazard
# entry = "PIC-15"
# expect = "same-behaviour"
# ///
"""Items are chains too deep to pickle."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def length(node):
    n = 0
    while node is not None:
        n += 1
        node = node[1]
    return n


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    chains = []
    for x in range(count):
        node = None
        for i in range(x * 400):
            node = (i, node)
        chains.append(node)
    out = [heavy(length(chain)) for chain in chains]
    print(out)


if __name__ == "__main__":
    main()
