# /// hazard
# entry = "ENV-01"
# expect = "rewrite"
# ///
"""What is printed is gathered."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    lines = []
    for x in range(count):
        lines.append(f"{x}: {heavy(x)}")
    print(*lines, sep="\n")


if __name__ == "__main__":
    main()
