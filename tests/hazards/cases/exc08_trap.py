# /// hazard
# entry = "EXC-08"
# expect = "refuse"
# ///
"""The handler in the body records what it caught outside the loop."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    failures = {}
    for x in range(count):
        try:
            out.append(heavy(x) // (x % 4))
        except Exception as error:
            failures[type(error).__name__] = failures.get(type(error).__name__, 0) + 1
            out.append(len(failures) + failures["ZeroDivisionError"])
    print(out, failures)


if __name__ == "__main__":
    main()
