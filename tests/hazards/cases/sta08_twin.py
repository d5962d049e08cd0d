# /// hazard
# entry = "STA-08"
# expect = "rewrite"
# ///
"""The value is an argument."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def signed(user, x):
    return user, heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    user = "ann"
    audit = [signed(user, x) for x in range(count)]
    print(audit)


if __name__ == "__main__":
    main()
