# /// hazard
# entry = "CON-01"
# expect = "rewrite"
# ///
"""The lock is taken behind the loop."""

import sys
import threading


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    ledger = []
    for x in range(count):
        ledger.append(heavy(x))
    with threading.Lock():
        print(ledger)


if __name__ == "__main__":
    main()
