# /// hazard
# entry = "STA-18"
# expect = "rewrite"
# ///
"""A plain property stores nothing."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


class Doc:
    def __init__(self, x):
        self.x = x

    @property
    def tokens(self):
        return heavy(self.x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    docs = [Doc(x) for x in range(count)]
    out = [doc.tokens for doc in docs]
    print(out, [doc.x for doc in docs])


if __name__ == "__main__":
    main()
