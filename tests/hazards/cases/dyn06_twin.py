# /// hazard
# entry = "DYN-06"
# expect = "rewrite"
# ///
"""An attribute is computed from what stays."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


class User:
    def __init__(self):
        self.asked = 5

    @property
    def name(self):
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
