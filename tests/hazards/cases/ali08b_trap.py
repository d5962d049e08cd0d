# /// hazard
# entry = "ALI-08"
# expect = "refuse"
# skip = ["range-index"]
# ///
"""The list of an enumeration is drawn from in the body."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    numbered = enumerate(range(count))
    out = []
    for i, x in numbered:
        out.append(heavy(x) + next(numbered, (0, 0))[0])
    print(out)


if __name__ == "__main__":
    main()
