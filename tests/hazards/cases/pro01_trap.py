# /// hazard
# entry = "PRO-01"
# expect = "same-behaviour"
# ///
"""A script without a main guard."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
out = []
for x in range(count):
    out.append(heavy(x))
print(out)
