# /// hazard
# entry = "IOS-04"
# expect = "rewrite"
# ///
"""The folder is made before the loop."""

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
        os.mkdir(os.path.join(folder, "place"))
        out = []
        for x in range(count):
            out.append(heavy(x))
        print(out, os.listdir(folder))


if __name__ == "__main__":
    main()
