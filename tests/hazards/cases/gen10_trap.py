# /// hazard
# entry = "GEN-10"
# expect = "refuse"
# ///
"""A comprehension binds a name that it carries along."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    total = 0
    out = [total := total + heavy(x) for x in range(count)]
    print(out, total)


if __name__ == "__main__":
    main()
