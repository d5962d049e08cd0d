# /// hazard
# entry = "EXC-10"
# expect = "refuse"
# ///
"""The body draws from iterators that other items share."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    one = iter(range(100))
    two = iter(range(5))
    out = []
    try:
        for x in range(count):
            out.append(heavy(next(two if x % 3 == 0 else one)))
    except StopIteration as stop:
        print("stopped", stop.args)
    print(out, next(one))


if __name__ == "__main__":
    main()
