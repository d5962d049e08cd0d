# /// hazard
# entry = "IOS-16"
# expect = "rewrite"
# ///
"""What fails does so before a file is written."""

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
        values = []
        for x in range(count):
            values.append(heavy(x) // (170 - x))
        for x, value in enumerate(values):
            with open(os.path.join(folder, f"{x:03}"), "w") as file:
                file.write(str(value))
        print(sorted(os.listdir(folder)), values)


if __name__ == "__main__":
    main()
