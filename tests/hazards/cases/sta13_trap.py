# /// hazard
# entry = "STA-13"
# expect = "refuse"
# ///
"""Every iteration reads and writes one entry."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    stats = {"n": 0}
    trace = []
    for x in range(count):
        stats["n"] = stats["n"] + heavy(x)
        trace.append(stats["n"])
    print(stats, trace)


if __name__ == "__main__":
    main()
