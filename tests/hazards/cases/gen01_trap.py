# /// hazard
# entry = "GEN-01"
# expect = "same-behaviour"
# ///
"""A generator works only as far as it is asked."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def worked(n):
    for x in range(n):
        yield heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    rows = worked(count)
    first = []
    for row in rows:
        first.append(row)
        if len(first) == 3:
            break
    rows.close()
    print(first, next(rows, "end"))


if __name__ == "__main__":
    main()
