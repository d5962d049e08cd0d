# /// hazard
# entry = "DYN-17"
# expect = "same-behaviour"
# ///
"""A test replaces what the body calls."""

import sys
import unittest
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

    class Case(unittest.TestCase):
        def runTest(self):
            with mock.patch.object(sys.modules["__main__"], "fetch", return_value=3) as fetched:
                out = [fetch(x) for x in range(count)]
            print(out, fetched.call_count)

    print(len(Case().run().failures))


if __name__ == "__main__":
    main()
