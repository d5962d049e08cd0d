# /// hazard
# entry = "STA-02"
# expect = "same-behaviour"
# ///
"""The environment changes between two loops."""

import os
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def step(x):
    return heavy(x), os.environ.get("HAZARD_MODE")


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    print([step(x) for x in range(count)])
    os.environ["HAZARD_MODE"] = "two"
    print([step(x) for x in range(count)])


if __name__ == "__main__":
    main()
