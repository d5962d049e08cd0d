# /// hazard
# entry = "PRO-18"
# expect = "same-behaviour"
# ///
"""The function that the loop calls is made by another one."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def made(base):
    def step(x):
        return heavy(x) + base

    return step


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    step = made(count)
    out = []
    for x in range(count):
        out.append(step(x))
    print(out)


if __name__ == "__main__":
    main()
