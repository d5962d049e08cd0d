# /// hazard
# entry = "PRO-05"
# expect = "refuse"
# ///
"""What runs is a text, and defines a function that no other process can find."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    space = {}
    exec("def step(x):\n    return x * 3 + 1", space)
    out = []
    for x in range(count):
        out.append(space["step"](heavy(x)))
    print(out)


if __name__ == "__main__":
    main()
