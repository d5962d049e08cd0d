# /// hazard
# entry = "DEP-13"
# expect = "rewrite"
# ///
"""The set is complete before the loop."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    known = {1, 4, 9}
    out = []
    for i in range(count):
        x = i * i % 11
        if x not in known:
            out.append(heavy(x))
    print(out)


if __name__ == "__main__":
    main()
