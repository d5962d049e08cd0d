# /// hazard
# entry = "PRO-11"
# expect = "refuse"
# ///
"""The body hands work to a pool of threads."""

import sys
from concurrent.futures import ThreadPoolExecutor


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def parent(pool, x):
    return pool.submit(heavy, x).result()


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    with ThreadPoolExecutor(2) as pool:
        out = [parent(pool, x) for x in range(count)]
    print(out)


if __name__ == "__main__":
    main()
