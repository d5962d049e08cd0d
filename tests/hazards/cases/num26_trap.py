# /// hazard
# entry = "NUM-26"
# expect = "same-behaviour"
# ///
"""What is made in portions depends on how many there are."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    for x in range(0, count, 3):
        out.append([heavy(y) / 3 for y in range(x, min(x + 3, count))])
    print([sum(part).hex() for part in out])


if __name__ == "__main__":
    main()
