# /// hazard
# entry = "STA-15"
# expect = "refuse"
# ///
"""The body changes the environment of the process."""

import os
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def build(x):
    os.environ["HAZARD_STEP"] = os.environ.get("HAZARD_STEP", "") + str(x % 10)
    return os.environ["HAZARD_STEP"], heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    print([build(x) for x in range(count)], os.environ.get("HAZARD_STEP"))


if __name__ == "__main__":
    main()
