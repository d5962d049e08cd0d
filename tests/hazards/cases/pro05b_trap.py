# /// hazard
# entry = "PRO-05"
# expect = "same-behaviour"
# ///
"""The program is read and handed to a fresh interpreter as a text."""

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
        with open(__file__, encoding="utf-8") as source:
            text = source.read()
        again = dict(os.environ, HAZARD_AGAIN="1")
        done = subprocess.run([sys.executable, "-c", text, str(count)], env=again)
        sys.exit(done.returncode)
    print([heavy(x) for x in range(count)])


if __name__ == "__main__":
    main()
