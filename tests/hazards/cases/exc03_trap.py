# /// hazard
# entry = "EXC-03"
# expect = "same-behaviour"
# arguments = [["24"], ["10"], ["11"], ["0"]]
# ///
"""The handler sees exactly the results before the failure."""

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
            done.append(heavy(x) // (10 - x))
    except ZeroDivisionError as error:
        print("failed", error, len(done))
    print(done)


if __name__ == "__main__":
    main()
