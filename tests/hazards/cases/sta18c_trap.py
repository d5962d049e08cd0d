# /// hazard
# entry = "STA-18"
# expect = "refuse"
# ///
"""A property counts its readings."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


class Doc:
    read = 0

    def __init__(self, x):
        self.x = x

    @property
    def cost(self):
        Doc.read += 1
        return heavy(self.x) + Doc.read


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    docs = [Doc(x) for x in range(count)]
    print([doc.cost for doc in docs], Doc.read)


if __name__ == "__main__":
    main()
