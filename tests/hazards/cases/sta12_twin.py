# /// hazard
# entry = "STA-12"
# expect = "rewrite"
# ///
"""The loop numbers its items."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def ticket(number, x):
    return number, heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    tickets = [ticket(number, x) for number, x in enumerate(range(count), 1)]
    print(tickets)


if __name__ == "__main__":
    main()
