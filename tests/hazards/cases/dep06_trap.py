# /// hazard
# entry = "DEP-06"
# expect = "same-behaviour"
# ///
"""Whether iterations collide depends on an index list."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    bucket = [i * 7 % 5 for i in range(count)]
    hist = [0] * 5
    for i in range(count):
        hist[bucket[i]] += heavy(i)
    print(hist)


if __name__ == "__main__":
    main()
