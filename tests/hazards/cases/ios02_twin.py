# /// hazard
# entry = "IOS-02"
# expect = "rewrite"
# ///
"""The names are made in the loop, the files behind it."""

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
        out = []
        for x in range(count):
            out.append((f"{x % 3}", heavy(x)))
        for name, value in out:
            with open(os.path.join(folder, name), "w") as file:
                file.write(str(value))
        print(sorted(os.listdir(folder)), out)


if __name__ == "__main__":
    main()
