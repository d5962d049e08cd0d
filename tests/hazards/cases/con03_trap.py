# /// hazard
# entry = "CON-03"
# expect = "same-behaviour"
# ///
"""The loop runs in a worker of a pool that the program has made."""

import multiprocessing
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def batch(xs):
    out = []
    for x in xs:
        out.append(heavy(x))
    return out


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    with multiprocessing.Pool(2) as pool:
        print(pool.map(batch, [range(count), range(3)]))


if __name__ == "__main__":
    main()
