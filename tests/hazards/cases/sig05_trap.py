# /// hazard
# entry = "SIG-05"
# expect = "same-behaviour"
# arguments = [["24"], ["40"], ["0"]]
# ///
"""Each iteration gives back what it took, whatever happens."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    for x in range(count):
        taken = []
        try:
            taken.append(x)
            out.append(heavy(x) // (30 - x))
        finally:
            print("given back", taken.pop())
    print(out)


if __name__ == "__main__":
    main()
