# /// hazard
# entry = "IOS-07"
# expect = "rewrite"
# ///
"""A program is started behind the loop."""

import subprocess
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    for x in range(count):
        out.append(heavy(x))
    subprocess.run([sys.executable, "-c", f"print({out})"], check=True)


if __name__ == "__main__":
    main()
