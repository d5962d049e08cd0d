# /// hazard
# entry = "IOS-03"
# expect = "rewrite"
# ///
"""All iterations read a file that nobody writes."""

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
        with open(__file__, encoding="utf-8") as file:
            out.append(heavy(x) + (file.readline() != ""))
    print(out)


if __name__ == "__main__":
    main()
