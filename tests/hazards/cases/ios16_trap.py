# /// hazard
# entry = "IOS-16"
# expect = "refuse"
# ///
"""The files before the item that fails are there, and no others."""

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
        try:
            for x in range(count):
                value = heavy(x) // (17 - x)
                with open(os.path.join(folder, f"{x:03}"), "w") as file:
                    file.write(str(value))
        except ZeroDivisionError as error:
            print(error)
        print(sorted(os.listdir(folder)))


if __name__ == "__main__":
    main()
