# /// hazard
# entry = "SIG-02"
# expect = "rewrite"
# ///
"""An interrupt would end the program."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    done = []
    for x in range(count):
        done.append(heavy(x))
    print(done)


if __name__ == "__main__":
    main()
