# /// hazard
# entry = "STA-16"
# expect = "refuse"
# ///
"""The time of day is read in the body."""

import sys
import time


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def stamp(x):
    return heavy(x), time.perf_counter()


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    found = [stamp(x) for x in range(count)]
    times = [at for _, at in found]
    print(times == sorted(times), [value for value, _ in found])


if __name__ == "__main__":
    main()
