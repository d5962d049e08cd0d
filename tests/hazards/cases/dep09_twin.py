# /// hazard
# entry = "DEP-09"
# expect = "rewrite"
# ///
"""The same arithmetic without the carried mean."""

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
        m = 0.9 * x + 0.1 * heavy(x)
        out.append(m)
    print(out)


if __name__ == "__main__":
    main()
