# /// hazard
# entry = "IOS-05"
# expect = "rewrite"
# ///
"""The folder changes before the loop, which asks for none."""

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
        os.chdir(folder)
        out = []
        for x in range(count):
            out.append(heavy(x))
        print(out)
        os.chdir(home)


if __name__ == "__main__":
    main()
