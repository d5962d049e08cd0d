# /// hazard
# entry = "STA-16"
# expect = "refuse"
# ///
"""The first of the longest in a set of strings."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def step(x):
    return max({f"k{x}", f"l{x}", f"m{x}", f"n{x}"}, key=len), heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    found = [step(x) for x in range(count)]
    print([text == step(x)[0] for x, (text, _) in enumerate(found)])


if __name__ == "__main__":
    main()
