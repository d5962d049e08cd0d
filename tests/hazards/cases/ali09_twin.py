# /// hazard
# entry = "ALI-09"
# expect = "rewrite"
# ///
"""The calls are made at once."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    done = []
    for i in range(count):
        done.append(heavy(i))
    print(done)


if __name__ == "__main__":
    main()
