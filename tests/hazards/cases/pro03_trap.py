# /// hazard
# entry = "PRO-03"
# expect = "same-behaviour"
# ///
"""What the body reads was set by main, and a process that starts afresh runs no main."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


scale = 1


def step(x):
    return heavy(x) * scale


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    global scale
    scale = count + 2
    out = []
    for x in range(count):
        out.append(step(x))
    print(out, scale)


if __name__ == "__main__":
    main()
