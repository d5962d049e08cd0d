# /// hazard
# entry = "DEP-14"
# expect = "refuse"
# ///
"""The growing list hides in an object that the body reads."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


class Box:
    def __init__(self, content):
        self.content = content


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    box = Box(out)
    for x in range(count):
        out.append(heavy(x) + len(box.content))
    print(out)


if __name__ == "__main__":
    main()
