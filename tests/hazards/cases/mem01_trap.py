# /// hazard
# entry = "MEM-01"
# expect = "same-behaviour"
# ///
"""Each result is written as soon as it is made, and kept by nobody."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    for x in range(count):
        sys.stdout.write(str(heavy(x)) * 1000 + "\n")


if __name__ == "__main__":
    main()
