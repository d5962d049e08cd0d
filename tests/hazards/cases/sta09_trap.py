# /// hazard
# entry = "STA-09"
# expect = "refuse"
# ///
"""The body writes what belongs to its thread."""

import sys
import threading


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


local = threading.local()
local.count = 0


def step(x):
    local.count += 1
    return heavy(x) + local.count


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    rows = [step(x) for x in range(count)]
    print(rows, local.count)


if __name__ == "__main__":
    main()
