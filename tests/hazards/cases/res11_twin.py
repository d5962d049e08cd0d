# /// hazard
# entry = "RES-11"
# expect = "rewrite"
# ///
"""What goes into the transaction is made before it."""

import sqlite3
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    rows = []
    for x in range(count):
        rows.append((heavy(x),))
    data = sqlite3.connect(":memory:")
    data.execute("create table t (x)")
    with data:
        data.executemany("insert into t values (?)", rows)
    print(data.execute("select count(*), sum(x) from t").fetchone())
    data.close()


if __name__ == "__main__":
    main()
