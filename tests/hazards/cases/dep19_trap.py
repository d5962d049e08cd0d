# /// hazard
# entry = "DEP-19"
# expect = "refuse"
# arguments = [["8"], ["1"], ["0"]]
# ///
"""A table cell needs the cells above and to the left."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    d = [[1] * (count + 1) for _ in range(count + 1)]
    for i in range(1, count):
        for j in range(1, count):
            d[i][j] = heavy(min(d[i - 1][j], d[i][j - 1]) + i)
    print(d)


if __name__ == "__main__":
    main()
