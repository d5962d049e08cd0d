# /// hazard
# entry = "DEP-14"
# expect = "refuse"
# ///
"""A nested function counts its calls in the function around it."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    calls = 0

    def step(x):
        nonlocal calls
        calls += 1
        return heavy(x) + calls

    out = [step(x) for x in range(count)]
    print(out, calls)


if __name__ == "__main__":
    main()
