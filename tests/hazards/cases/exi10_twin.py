# /// hazard
# entry = "EXI-10"
# expect = "rewrite"
# ///
"""Iterations are items."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def send(x):
    return heavy(x) % 5 == 1


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    tries = []
    for attempt in range(count):
        tries.append(send(attempt))
    print(tries)


if __name__ == "__main__":
    main()
