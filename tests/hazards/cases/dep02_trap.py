# /// hazard
# entry = "DEP-02"
# expect = "refuse"
# ///
"""A plain variable carries a computed value to the next iteration."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    prev = 0
    for x in range(count):
        out.append(heavy(x + prev))
        prev = out[-1]
    print(out, prev)


if __name__ == "__main__":
    main()
