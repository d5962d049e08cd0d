# /// hazard
# entry = "EXC-17"
# expect = "rewrite"
# ///
"""A new exception every time."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def check(x):
    if x == 14:
        raise ValueError("bad")
    return heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    try:
        print([check(x) for x in range(count)])
    except ValueError as error:
        print(error.args)


if __name__ == "__main__":
    main()
