# /// hazard
# entry = "RES-09"
# expect = "rewrite"
# ///
"""What the loop reads was taken out before its scope ended."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    with open(__file__, "rb") as file:
        start = len(file.read(5))
    base = 5
    out = [heavy(x) + base for x in range(count)]
    print(out, start)


if __name__ == "__main__":
    main()
