# /// hazard
# entry = "ENV-06"
# expect = "rewrite"
# ///
"""What the environment says is read before the loop."""

import os
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    os.environ["HAZARD_MODE"] = f"mode{count}"
    print(os.environ.get("HAZARD_MODE", ""))
    mode = "mode"
    out = []
    for x in range(count):
        out.append((heavy(x), mode))
    print(out)


if __name__ == "__main__":
    main()
