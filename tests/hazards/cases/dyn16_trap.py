# /// hazard
# entry = "DYN-16"
# expect = "refuse"
# skip = ["range-index"]
# ///
"""The body adds keys to the dictionary that the loop is over."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    d = {x: x for x in range(count)}
    try:
        for k in d:
            d[k + 1000] = heavy(k)
    except RuntimeError as error:
        print(error)
    print(d)


if __name__ == "__main__":
    main()
