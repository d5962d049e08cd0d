# /// hazard
# entry = "STA-13"
# expect = "rewrite"
# ///
"""Every iteration writes its own entry."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    stats = {}
    for x in range(count):
        stats[f"n{x}"] = 1 + heavy(x)
    print(stats)


if __name__ == "__main__":
    main()
