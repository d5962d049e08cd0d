# /// hazard
# entry = "ALI-02"
# expect = "rewrite"
# ///
"""Every row is a list of its own, made in the body."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    grid = []
    for i in range(count):
        row = [0] * 2
        row[0] = heavy(row[0] + i)
        grid.append(row)
    print(grid)


if __name__ == "__main__":
    main()
