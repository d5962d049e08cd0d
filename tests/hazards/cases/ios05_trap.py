# /// hazard
# entry = "IOS-05"
# expect = "refuse"
# ///
"""The body changes the folder that names are relative to."""

import os
import sys
import tempfile


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    with tempfile.TemporaryDirectory() as folder:
        home = os.getcwd()
        os.mkdir(os.path.join(folder, "a"))
        out = []
        for x in range(count):
            os.chdir(folder if x % 2 else os.path.join(folder, "a"))
            out.append((heavy(x), os.path.exists("a")))
        print(out, os.path.exists("a"))
        os.chdir(home)


if __name__ == "__main__":
    main()
