# /// hazard
# entry = "PIC-15"
# expect = "rewrite"
# ///
"""Items are flat lists."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    chains = [list(range(x * 40)) for x in range(count)]
    out = [heavy(len(chain)) for chain in chains]
    print(out)


if __name__ == "__main__":
    main()
