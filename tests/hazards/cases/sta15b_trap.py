# /// hazard
# entry = "STA-15"
# expect = "refuse"
# ///
"""The body changes the working folder."""

import os
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def build(x):
    os.chdir("/" if os.getcwd() != "/" else os.path.sep + "usr")
    return os.getcwd(), heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    os.chdir("/")
    print([build(x) for x in range(count)], os.getcwd())


if __name__ == "__main__":
    main()
