# /// hazard
# entry = "DYN-01"
# expect = "same-behaviour"
# ///
"""The function is another one while the loop runs."""

import sys
from unittest import mock


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def fetch(x):
    return heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    with mock.patch("__main__.fetch", lambda x: heavy(x) + 7):
        out = [fetch(x) for x in range(count)]
    print(out, fetch(1))


if __name__ == "__main__":
    main()
