# /// hazard
# entry = "RES-10"
# expect = "rewrite"
# ///
"""The connection is asked before the loop."""

import sqlite3
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    data = sqlite3.connect(":memory:")
    data.execute("create table t (x)")
    data.close()
    out = []
    for x in range(count):
        out.append(heavy(x))
    print(out)


if __name__ == "__main__":
    main()
