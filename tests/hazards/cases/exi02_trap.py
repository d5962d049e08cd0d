# /// hazard
# entry = "EXI-02"
# expect = "refuse"
# ///
"""The function returns from the loop, and calls are counted."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


CALLS = [0]


def check(x):
    CALLS[0] += 1
    return heavy(x) % 40 == 3 or x == 17


def find(count):
    rejected = []
    for x in range(count):
        if check(x):
            return x, rejected
        rejected.append(x)
    return None, rejected


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    print(find(count), CALLS)


if __name__ == "__main__":
    main()
