# /// hazard
# entry = "ALI-06"
# expect = "refuse"
# ///
"""A list among the positional arguments is changed."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def step(x, *rest):
    rest[0].append(x)
    return heavy(x) + len(rest[0])


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    log = []
    out = [step(x, log) for x in range(count)]
    print(out, log)


if __name__ == "__main__":
    main()
