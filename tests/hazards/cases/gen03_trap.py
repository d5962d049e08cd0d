# /// hazard
# entry = "GEN-03"
# expect = "same-behaviour"
# ///
"""What is left of an iterator is looked at after the loop."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    rows = iter(range(count))
    out = []
    for x in rows:
        out.append(heavy(x))
        if x == 7:
            break
    print(out, list(rows))


if __name__ == "__main__":
    main()
