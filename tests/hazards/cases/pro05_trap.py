# /// hazard
# entry = "PRO-05"
# expect = "same-behaviour"
# ///
"""The program runs itself once more from standard input, where nothing can import it."""

import os
import subprocess
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    if "HAZARD_AGAIN" not in os.environ:
        with open(__file__, "rb") as source:
            again = dict(os.environ, HAZARD_AGAIN="1")
            done = subprocess.run([sys.executable, "-", str(count)], stdin=source, env=again)
        sys.exit(done.returncode)
    out = []
    for x in range(count):
        out.append(heavy(x))
    print(out)


if __name__ == "__main__":
    main()
