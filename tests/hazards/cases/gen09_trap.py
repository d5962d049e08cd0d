# /// hazard
# entry = "GEN-09"
# expect = "same-behaviour"
# ///
"""map() gives an iterator, which has no length."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = map(heavy, range(count))
    print(type(out).__name__, hasattr(out, "__len__"), next(out, None), list(out))


if __name__ == "__main__":
    main()
