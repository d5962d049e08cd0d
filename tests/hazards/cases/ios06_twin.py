# /// hazard
# entry = "IOS-06"
# expect = "rewrite"
# ///
"""Standard input is read before the loop."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    text = sys.stdin.read()
    out = []
    for x in range(count):
        out.append(heavy(x))
    print(out, text)


if __name__ == "__main__":
    main()
