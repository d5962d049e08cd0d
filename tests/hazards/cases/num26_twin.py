# /// hazard
# entry = "NUM-26"
# expect = "rewrite"
# ///
"""What is made does not depend on portions."""

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
        out.append((heavy(x) / 3).hex())
    print(out)


if __name__ == "__main__":
    main()
