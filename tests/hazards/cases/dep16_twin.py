# /// hazard
# entry = "DEP-16"
# expect = "rewrite"
# ///
"""The body extends another list than the one walked."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    queue = list(range(count))
    out = []
    for node in queue:
        out.append(heavy(node))
        if node % 3 == 1:
            out.append(node * 3)
    print(out, len(queue))


if __name__ == "__main__":
    main()
