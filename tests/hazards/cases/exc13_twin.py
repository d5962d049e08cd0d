# /// hazard
# entry = "EXC-13"
# expect = "rewrite"
# ///
"""Nothing is stored; the clean-up concerns another object."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


STORE = {"left": 1}


def upload(x):
    if x == 15:
        raise OSError("full")
    return heavy(x)


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
