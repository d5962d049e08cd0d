# /// hazard
# entry = "DYN-15"
# expect = "rewrite"
# ///
"""The loop calls a function that calls itself."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = [fib(x % 15) + heavy(x) for x in range(count)]
    print(out)


if __name__ == "__main__":
    main()
