# /// hazard
# entry = "STA-18"
# expect = "refuse"
# ///
"""A missing attribute is noted when asked for."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


MISSED = []


class Loose:
    def __getattr__(self, name):
        MISSED.append(name)
        return 3


def step(loose, x):
    return heavy(x) + loose.weight


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    loose = Loose()
    print([step(loose, x) for x in range(count)], MISSED)


if __name__ == "__main__":
    main()
