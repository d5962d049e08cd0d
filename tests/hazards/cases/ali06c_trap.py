# /// hazard
# entry = "ALI-06"
# expect = "refuse"
# ///
"""A method of a list was bound before the loop."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    log = []
    push = log.append

    def step(x):
        push(x)
        return heavy(x)

    out = [step(x) for x in range(count)]
    print(out, log)


if __name__ == "__main__":
    main()
