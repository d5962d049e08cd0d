# /// hazard
# entry = "STA-09"
# expect = "rewrite"
# ///
"""An object made in the call."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


class Local:
    def __init__(self, x):
        self.count = x


def step(x):
    local = Local(x)
    local.count += 1
    return heavy(x) + local.count


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    rows = [step(x) for x in range(count)]
    print(rows)


if __name__ == "__main__":
    main()
