# /// hazard
# entry = "DYN-09"
# expect = "refuse"
# ///
"""Each iteration imports."""

import importlib
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    for x in range(count):
        module = importlib.import_module(("string", "keyword")[x % 2])
        out.append((heavy(x), len(module.__name__)))
    print(out)


if __name__ == "__main__":
    main()
