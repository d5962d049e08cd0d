# /// hazard
# entry = "PRO-05"
# expect = "same-behaviour"
# ///
"""The program runs once more as a module under another name, from its path."""

import os
import runpy
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    if "HAZARD_AGAIN" not in os.environ:
        os.environ["HAZARD_AGAIN"] = "1"
        runpy.run_path(__file__, run_name="__main__")
        return
    out = []
    for x in range(count):
        out.append(heavy(x))
    print(out)


if __name__ == "__main__":
    main()
