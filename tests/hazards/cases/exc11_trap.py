# /// hazard
# entry = "EXC-11"
# expect = "refuse"
# ///
"""The body starts threads."""

import sys
import threading


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    results = {}
    out = []
    for x in range(min(count, 8)):
        thread = threading.Thread(target=results.setdefault, args=(x, heavy(x)))
        thread.start()
        thread.join()
        out.append(len(results))
    print(out, results)


if __name__ == "__main__":
    main()
