# /// hazard
# entry = "IOS-15"
# expect = "refuse"
# ///
"""All iterations replace one file by way of one other."""

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
        target, part = os.path.join(folder, "a"), os.path.join(folder, "b")
        for x in range(count):
            with open(part, "w") as file:
                file.write(str(heavy(x)))
            os.replace(part, target)
        print(os.listdir(folder), count and open(target).read())


if __name__ == "__main__":
    main()
