# /// hazard
# entry = "GEN-06"
# expect = "same-behaviour"
# ///
"""A generator cleans up when it is closed, and that shows."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def rows(n):
    try:
        for x in range(n):
            yield x
    finally:
        print("closed")


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    for x in rows(count):
        out.append(heavy(x))
        if x == 5:
            break
    print(out, "after")


if __name__ == "__main__":
    main()
