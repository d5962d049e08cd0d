# /// hazard
# entry = "EXI-04"
# expect = "refuse"
# skip = ["generator"]
# ///
"""The first match ends a lazy search whose tests are counted."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


TESTED = []


def slow_test(x):
    TESTED.append(x)
    return heavy(x) % 9 == 2


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    hit = next((x for x in range(count) if slow_test(x)), None)
    print(hit, TESTED)


if __name__ == "__main__":
    main()
