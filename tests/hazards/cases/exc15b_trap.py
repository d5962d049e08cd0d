# /// hazard
# entry = "EXC-15"
# expect = "same-behaviour"
# skip = ["method", "static-method", "nested", "coroutine", "behind-call", "comprehension"]
# ///
"""The body fails for want of recursion depth, close to the limit."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    sizes = []
    for x in range(count):
        try:
            sizes.append(depth(970 + x) + heavy(x))
        except RecursionError:
            sizes.append(None)
    print(sizes)


if __name__ == "__main__":
    main()
