# /// hazard
# entry = "IOS-02"
# expect = "refuse"
# ///
"""Several iterations write the same file."""

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
        for x in range(count):
            with open(os.path.join(folder, f"{x % 3}"), "w") as file:
                file.write(str(heavy(x)))
        for name in sorted(os.listdir(folder)):
            with open(os.path.join(folder, name)) as file:
                print(name, file.read())


if __name__ == "__main__":
    main()
