# /// hazard
# entry = "STA-02"
# expect = "same-behaviour"
# ///
"""An attribute of a class is set in main."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


class Model:
    scale = 1


def step(x):
    return heavy(x) * Model.scale


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    print([step(x) for x in range(count)])
    Model.scale = 3
    print([step(x) for x in range(count)])


if __name__ == "__main__":
    main()
