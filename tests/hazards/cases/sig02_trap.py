# /// hazard
# entry = "SIG-02"
# expect = "same-behaviour"
# ///
"""An interrupt keeps what was done before it."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    done = []
    try:
        for x in range(count):
            if x == 15:
                raise KeyboardInterrupt
            done.append(heavy(x))
    except KeyboardInterrupt:
        print("kept")
    print(done)


if __name__ == "__main__":
    main()
