# /// hazard
# entry = "IOS-12"
# expect = "rewrite"
# ///
"""The lock is taken and given back before the loop."""

import fcntl
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
        with open(os.path.join(folder, "lock"), "w") as file:
            fcntl.lockf(file, fcntl.LOCK_EX)
        out = []
        for x in range(count):
            out.append(heavy(x))
        print(out)


if __name__ == "__main__":
    main()
