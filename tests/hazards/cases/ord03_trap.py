# /// hazard
# entry = "ORD-03"
# expect = "refuse"
# ///
"""Workers would walk a set of strings in another order."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    tags = {f"tag{x}" for x in range(30)}
    out = []
    for x in range(count):
        first = next(iter(tags))
        out.append((first, heavy(x)))
    print(all(first == next(iter(tags)) for first, _ in out))
    print([value for _, value in out])


if __name__ == "__main__":
    main()
