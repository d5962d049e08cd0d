# /// hazard
# entry = "CON-01"
# expect = "refuse"
# ///
"""The body takes a lock of the program."""

import sys
import threading


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


lock = threading.Lock()


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    ledger = []
    for x in range(count):
        with lock:
            ledger.append(heavy(x))
    print(ledger)


if __name__ == "__main__":
    main()
