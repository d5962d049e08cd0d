# /// hazard
# entry = "EXC-13"
# expect = "refuse"
# ///
"""The clean-up would run while later items still upload."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


STORE = {}


def upload(x):
    STORE[x] = heavy(x)
    if x == 15:
        raise OSError("full")
    return len(STORE)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    try:
        print([upload(x) for x in range(count)])
    except OSError:
        print("cleaning", len(STORE))
        STORE.clear()
    print(STORE)


if __name__ == "__main__":
    main()
