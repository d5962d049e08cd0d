# /// hazard
# entry = "DYN-16"
# expect = "rewrite"
# ///
"""The body adds keys to another dictionary."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    d = {x: x for x in range(count)}
    new = {}
    for k in d:
        new[k + 1000] = heavy(k)
    print(d, new)


if __name__ == "__main__":
    main()
