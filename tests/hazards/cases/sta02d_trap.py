# /// hazard
# entry = "STA-02"
# expect = "same-behaviour"
# ///
"""A function of the module is replaced in main."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def rate(x):
    return heavy(x)


def step(x):
    return rate(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    global rate
    print([step(x) for x in range(count)])
    rate = lambda x: heavy(x) + 1
    print([step(x) for x in range(count)])


if __name__ == "__main__":
    main()
