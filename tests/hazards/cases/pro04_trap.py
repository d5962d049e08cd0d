# /// hazard
# entry = "PRO-04"
# expect = "same-behaviour"
# ///
"""A thread is alive while the loop runs."""

import sys
import threading


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    stop = threading.Event()
    beat = threading.Thread(target=stop.wait, daemon=True)
    beat.start()
    out = []
    for x in range(count):
        out.append(heavy(x))
    stop.set()
    beat.join()
    print(out)


if __name__ == "__main__":
    main()
