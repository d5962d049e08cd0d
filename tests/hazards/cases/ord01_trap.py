# /// hazard
# entry = "ORD-01"
# expect = "same-behaviour"
# ///
"""Late items are done first; results keep the order of the input."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def uneven(x):
    return [heavy(x) for _ in range(12 if x % 5 == 0 else 1)][-1]


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    results = {}
    for x in range(count):
        results[f"item {x}"] = uneven(x)
    print(results)


if __name__ == "__main__":
    main()
