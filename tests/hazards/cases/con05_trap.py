# /// hazard
# entry = "CON-05"
# expect = "refuse"
# ///
"""Threads count in one list while the loop looks at it."""

import sys
import threading


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    counter = []
    thread = threading.Thread(target=counter.extend, args=(range(count),))
    thread.start()
    thread.join()
    out = []
    for x in range(count):
        counter.append(x)
        out.append(heavy(x) + len(counter))
    print(out)


if __name__ == "__main__":
    main()
