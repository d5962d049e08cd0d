# /// hazard
# entry = "DYN-13"
# expect = "rewrite"
# ///
"""The body calls a method of its own class."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


class Only:
    def __init__(self, base):
        self.base = base

    def handle(self, x):
        return heavy(x) + self.base

    def run(self, xs):
        out = []
        for x in xs:
            out.append(self.handle(x))
        return out


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    print(Only(5).run(range(count)))


if __name__ == "__main__":
    main()
