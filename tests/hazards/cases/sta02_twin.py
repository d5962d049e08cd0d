# /// hazard
# entry = "STA-02"
# expect = "rewrite"
# ///
"""The global keeps its first value."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


CFG = 5


def scaled(x):
    return heavy(x) * CFG


def run_all(count):
    return [scaled(x) for x in range(count)]


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    print(run_all(count))


if __name__ == "__main__":
    main()
