# /// hazard
# entry = "PRO-02"
# expect = "same-behaviour"
# ///
"""The script prints while it is imported."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


print("starting", __name__)
LOADED = []
LOADED.append(len(LOADED))
print("loaded", LOADED)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    for x in range(count):
        out.append(heavy(x) + len(LOADED))
    print(out)


if __name__ == "__main__":
    main()
