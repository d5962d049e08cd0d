# /// hazard
# entry = "ALI-10"
# expect = "refuse"
# ///
"""One object occurs twice among the items and is changed."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


class Account:
    def __init__(self, balance):
        self.balance = balance


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    first = Account(count)
    second = Account(3)
    out = []
    for account in [first, second, first] * 4:
        account.balance = heavy(account.balance)
        out.append(account.balance)
    print(out, first.balance, second.balance)


if __name__ == "__main__":
    main()
