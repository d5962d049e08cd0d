# /// hazard
# entry = "STA-01"
# expect = "rewrite"
# ///
"""The class holds the module's number under the same name."""

import sys

scale = 3


class Config:
    scale = scale


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s * Config.scale


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    for i in range(count):
        out.append(heavy(i))
    print(out)


if __name__ == "__main__":
    main()
