# /// hazard
# entry = "RES-11"
# expect = "refuse"
# ///
"""The iterations are one transaction."""

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
    data.execute("create table t (x unique)")
    try:
        with data:
            for x in range(count):
                data.execute("insert into t values (?)", (heavy(x % 20),))
    except sqlite3.IntegrityError as error:
        print(error)
    print(data.execute("select count(*) from t").fetchone())
    data.close()


if __name__ == "__main__":
    main()
