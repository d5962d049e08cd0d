# /// hazard
# entry = "PRO-12"
# expect = "same-behaviour"
# ///
"""The program asks for as many workers as there are items, and there may be none."""

import sys
from concurrent.futures import ThreadPoolExecutor


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    with ThreadPoolExecutor(max_workers=count) as pool:
        out = list(pool.map(heavy, range(count)))
    for x in range(count):
        out.append(heavy(x))
    print(out)


if __name__ == "__main__":
    main()
