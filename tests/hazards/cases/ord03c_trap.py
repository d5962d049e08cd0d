# /// hazard
# entry = "ORD-03"
# expect = "same-behaviour"
# ///
"""The items are a set of strings, walked here."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    tags = {f"tag{x}" for x in range(count)}
    out = []
    for tag in tags:
        out.append((tag, heavy(len(tag))))
    print([tag for tag, _ in out] == list(tags))
    print(sorted(out))


if __name__ == "__main__":
    main()
