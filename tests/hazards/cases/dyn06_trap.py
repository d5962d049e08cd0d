# /// hazard
# entry = "DYN-06"
# expect = "refuse"
# ///
"""An attribute is computed, and counts."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


class User:
    def __init__(self):
        self.asked = 0

    @property
    def name(self):
        self.asked += 1
        return f"user{self.asked}"


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    user = User()
    out = []
    for x in range(count):
        out.append((heavy(x), user.name))
    print(out)


if __name__ == "__main__":
    main()
