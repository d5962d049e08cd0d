# /// hazard
# entry = "ALI-06"
# expect = "same-behaviour"
# ///
"""The function called changes its argument."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def normalise(rec):
    rec["v"] = heavy(rec["v"])
    return rec["v"]


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    records = [{"v": x} for x in range(count)]
    out = []
    for rec in records:
        out.append(normalise(rec))
    print(out, records)


if __name__ == "__main__":
    main()
