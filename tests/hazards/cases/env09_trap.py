# /// hazard
# entry = "ENV-09"
# expect = "refuse"
# ///
"""Each iteration counts the time of its process."""

import sys
import time


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    used = []
    for x in range(count):
        heavy(x)
        used.append(time.process_time())
    print(used == sorted(used), len(used))


if __name__ == "__main__":
    main()
