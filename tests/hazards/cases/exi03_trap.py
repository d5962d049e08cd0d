# /// hazard
# entry = "EXI-03"
# expect = "refuse"
# ///
"""Probing stops at the first hit, and every probe is recorded."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


PROBED = []


def probe(x):
    PROBED.append(x)
    return heavy(x) % 7 == 3


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    ok = any([probe(x) for x in range(count)][:3]) or any(probe(x) for x in range(count))
    print(ok, PROBED)


if __name__ == "__main__":
    main()
