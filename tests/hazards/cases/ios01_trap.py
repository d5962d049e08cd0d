# /// hazard
# entry = "IOS-01"
# expect = "refuse"
# ///
"""All iterations append to one file."""

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
        path = os.path.join(folder, "log")
        for x in range(count):
            with open(path, "a") as file:
                file.write(f"{heavy(x)},")
                file.write(f"{x};")
        if count:
            with open(path) as file:
                print(file.read())


if __name__ == "__main__":
    main()
