# /// hazard
# entry = "IOS-15"
# expect = "rewrite"
# ///
"""One replacement, of what the loop has made."""

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
            rows.append(str(heavy(x)))
        target, part = os.path.join(folder, "a"), os.path.join(folder, "b")
        with open(part, "w") as file:
            file.writelines(rows)
        os.replace(part, target)
        print(os.listdir(folder), rows)


if __name__ == "__main__":
    main()
