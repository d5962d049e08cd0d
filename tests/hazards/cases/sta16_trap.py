# /// hazard
# entry = "STA-16"
# expect = "refuse"
# ///
"""The hash of a string differs between processes."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def key(x):
    return hash(f"user{x}") % 1000 + heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    found = [key(x) for x in range(count)]
    print([value - heavy(x) == hash(f"user{x}") % 1000 for x, value in enumerate(found)])


if __name__ == "__main__":
    main()
