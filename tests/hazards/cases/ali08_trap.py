# /// hazard
# entry = "ALI-08"
# expect = "refuse"
# skip = ["range-index"]
# ///
"""The body draws from the iterator being walked."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    it = iter(range(count))
    out = []
    for key in it:
        out.append(heavy(key) + next(it, 0))
    print(out)


if __name__ == "__main__":
    main()
