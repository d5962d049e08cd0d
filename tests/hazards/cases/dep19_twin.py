# /// hazard
# entry = "DEP-19"
# expect = "rewrite"
# arguments = [["8"], ["1"], ["0"]]
# ///
"""Table cells computed from their position, row by row."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    d = []
    for i in range(count):
        row = []
        for j in range(count):
            row.append(heavy(i * 8 + j))
        d.append(row)
    print(d)


if __name__ == "__main__":
    main()
