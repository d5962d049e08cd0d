# /// hazard
# entry = "DYN-10"
# expect = "refuse"
# ///
"""Objects say when they go."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


class Thing:
    def __init__(self, value):
        self.value = value

    def __del__(self):
        print("gone", self.value)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    for x in range(count):
        out.append(Thing(heavy(x)).value)
    print(out)


if __name__ == "__main__":
    main()
