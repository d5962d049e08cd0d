# /// hazard
# entry = "ALI-09"
# expect = "refuse"
# ///
"""Closures made in the loop see its last value."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    todo = []
    for i in range(count):
        todo.append(lambda: heavy(i))
    print([call() for call in todo])


if __name__ == "__main__":
    main()
