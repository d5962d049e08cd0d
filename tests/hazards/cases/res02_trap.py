# /// hazard
# entry = "RES-02"
# expect = "refuse"
# ///
"""Each iteration leaves a file open."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = [(open(__file__, "rb"), heavy(x)) for x in range(count)]
    print([file.read(1) for file, _ in out])


if __name__ == "__main__":
    main()
