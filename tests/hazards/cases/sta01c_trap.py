# /// hazard
# entry = "STA-01"
# expect = "refuse"
# ///
"""The class holds the module's list under the same name."""

import sys

seen = []


class Config:
    seen = seen


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    Config.seen.append(n)
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    for i in range(count):
        out.append(heavy(i) + len(seen))
    print(out)


if __name__ == "__main__":
    main()
