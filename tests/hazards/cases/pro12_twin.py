# /// hazard
# entry = "PRO-12"
# expect = "rewrite"
# arguments = [["24"], ["0"], ["1"], ["2"], ["300"]]
# ///
"""No item, one, few and many."""

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
        out.append(heavy(x))
    print(len(out), sum(out))


if __name__ == "__main__":
    main()
