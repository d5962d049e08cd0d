# /// hazard
# entry = "EXC-07"
# expect = "same-behaviour"
# skip = ["range-index"]
# ///
"""What the loop left in the iterator is read by the handler."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    src = iter(range(count))
    out = []
    try:
        for x in src:
            out.append(heavy(x) // (5 - x))
    except ZeroDivisionError:
        print("left", list(src))
    print(out)


if __name__ == "__main__":
    main()
