# /// hazard
# entry = "ORD-03"
# expect = "rewrite"
# ///
"""The tags are sorted first."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    tags = sorted({f"tag{x}" for x in range(30)})
    out = []
    for x in range(count):
        out.append(tags[x % 30] + str(heavy(x)))
    print(out)


if __name__ == "__main__":
    main()
