# /// hazard
# entry = "PRO-13"
# expect = "same-behaviour"
# ///
"""The working folder was changed before the loop."""

import os
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def step(x):
    return os.getcwd() == "/", heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    print([step(x) for x in range(count)])
    os.chdir("/")
    print([step(x) for x in range(count)])


if __name__ == "__main__":
    main()
