# /// hazard
# entry = "RES-07"
# expect = "refuse"
# ///
"""Each iteration makes a folder and removes it."""

import os
import shutil
import sys
import tempfile


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def step(x):
    folder = tempfile.mkdtemp()
    try:
        return heavy(len(os.listdir(folder)) + x)
    finally:
        shutil.rmtree(folder)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    for x in range(count):
        out.append(step(x))
    print(out)


if __name__ == "__main__":
    main()
