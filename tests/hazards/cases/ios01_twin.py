# /// hazard
# entry = "IOS-01"
# expect = "rewrite"
# ///
"""What goes into the file is made first."""

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
        rows = []
        for x in range(count):
            rows.append(f"{heavy(x)},{x};")
        path = os.path.join(folder, "log")
        with open(path, "a") as file:
            file.writelines(rows)
        with open(path) as file:
            print(file.read())


if __name__ == "__main__":
    main()
