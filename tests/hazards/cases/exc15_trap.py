# /// hazard
# entry = "EXC-15"
# expect = "same-behaviour"
# arguments = [["24"], ["9"], ["0"]]
# ///
"""The body needs a recursion limit that was raised."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)


def measure(x):
    return depth(900 + x * 60) + heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    sys.setrecursionlimit(6000)
    sizes = []
    for x in range(count):
        sizes.append(measure(x))
    print(sizes)


if __name__ == "__main__":
    main()
