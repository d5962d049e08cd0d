# /// hazard
# entry = "ALI-06"
# expect = "refuse"
# ///
"""The argument grows in place by an operator."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def grow(x, log):
    log += [heavy(x)]
    return len(log)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    log = []
    out = [grow(x, log) for x in range(count)]
    print(out, log)


if __name__ == "__main__":
    main()
