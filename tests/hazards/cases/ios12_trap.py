# /// hazard
# entry = "IOS-12"
# expect = "refuse"
# ///
"""Each iteration takes a lock on a file."""

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
            out = []
            for x in range(count):
                fcntl.lockf(file, fcntl.LOCK_EX)
                out.append(heavy(x))
                fcntl.lockf(file, fcntl.LOCK_UN)
        print(out)


if __name__ == "__main__":
    main()
