# /// hazard
# entry = "EXC-09"
# expect = "refuse"
# ///
"""The body ends the program; what was done before it is seen."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


LOG = []


def run(x):
    LOG.append(x)
    if x == 7:
        sys.exit(3)
    return heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    try:
        print([run(x) for x in range(count)])
    finally:
        print(LOG)


if __name__ == "__main__":
    main()
