# /// hazard
# entry = "EXC-01"
# expect = "rewrite"
# ///
"""The body raises, but leaves no trace."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def charge(x):
    if x == 9:
        raise ValueError(f"card {x}")
    return heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    try:
        out = [charge(x) for x in range(count)]
        print(out)
    except ValueError as error:
        print("stopped", error)


if __name__ == "__main__":
    main()
