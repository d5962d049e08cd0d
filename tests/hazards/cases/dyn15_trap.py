# /// hazard
# entry = "DYN-15"
# expect = "same-behaviour"
# ///
"""A function with a loop calls itself."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def tree(n):
    if n < 2:
        return heavy(n)
    return sum([tree(n - k) for k in (1, 2)])


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    print(tree(count % 5 + 3))


if __name__ == "__main__":
    main()
