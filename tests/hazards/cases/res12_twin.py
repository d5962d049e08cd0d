# /// hazard
# entry = "RES-12"
# expect = "rewrite"
# ///
"""The blocks are read before the loop."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    with open(__file__, "rb") as file:
        data = [file.read(x) for x in range(count)]
    blocks = []
    for block in data:
        blocks.append(heavy(len(block)))
    print(blocks)


if __name__ == "__main__":
    main()
