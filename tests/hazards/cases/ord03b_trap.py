# /// hazard
# entry = "ORD-03"
# expect = "refuse"
# ///
"""A list is made of a set of strings in the body."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    tags = frozenset(f"tag{x}" for x in range(30))
    out = []
    for x in range(count):
        out.append(list(tags)[x % 30] + str(heavy(x)))
    print([text.startswith(tag) for text, tag in zip(out, list(tags))])


if __name__ == "__main__":
    main()
