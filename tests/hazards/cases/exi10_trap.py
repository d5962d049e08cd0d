# /// hazard
# entry = "EXI-10"
# expect = "refuse"
# ///
"""Iterations are attempts, of which one succeeds."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


SENT = []


def send(x):
    SENT.append(x)
    return heavy(x) % 5 == 1


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    tries = []
    for attempt in range(count):
        tries.append(attempt)
        if send(attempt):
            break
    print(tries, SENT)


if __name__ == "__main__":
    main()
