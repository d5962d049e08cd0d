# /// hazard
# entry = "STA-16"
# expect = "refuse"
# ///
"""A set of strings is made and walked in the body."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def step(x):
    return "".join({f"k{x}", f"l{x}", f"m{x}", f"n{x}"}), heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    found = [step(x) for x in range(count)]
    print([text == step(x)[0] for x, (text, _) in enumerate(found)])


if __name__ == "__main__":
    main()
