# /// hazard
# entry = "ALI-02"
# expect = "refuse"
# ///
"""All rows of the grid are one list."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    grid = [[0] * 2] * count
    for i in range(count):
        grid[i][0] = heavy(grid[i][0] + i)
    print(grid)


if __name__ == "__main__":
    main()
