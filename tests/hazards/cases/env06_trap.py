# /// hazard
# entry = "ENV-06"
# expect = "same-behaviour"
# ///
"""The environment changes late, and the body looks."""

import os
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    os.environ["HAZARD_MODE"] = f"mode{count}"
    out = []
    for x in range(count):
        out.append((heavy(x), os.environ.get("HAZARD_MODE")))
    print(out)


if __name__ == "__main__":
    main()
