# /// hazard
# entry = "ORD-01"
# expect = "rewrite"
# ///
"""The same in a comprehension, from dearest to cheapest."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    results = [heavy(x) for x in range(count, 0, -1)]
    print(results)


if __name__ == "__main__":
    main()
