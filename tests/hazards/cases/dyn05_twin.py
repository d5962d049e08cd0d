# /// hazard
# entry = "DYN-05"
# expect = "rewrite"
# ///
"""A static method."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


class Tools:
    @staticmethod
    def step(x):
        return heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    for x in range(count):
        out.append(Tools.step(x))
    print(out)


if __name__ == "__main__":
    main()
