# /// hazard
# entry = "IOS-14"
# expect = "rewrite"
# ///
"""The names are gathered before the loop."""

import os
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    names = sorted(os.listdir("."))
    out = []
    for name in names:
        if name.endswith("script.py"):
            out.append((name, heavy(len(name))))
    print(out)


if __name__ == "__main__":
    main()
