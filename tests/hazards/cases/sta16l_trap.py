# /// hazard
# entry = "STA-16"
# expect = "refuse"
# ///
"""Equal strings that are two objects."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def step(pair):
    return pair[0] is pair[1], heavy(len(pair))


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    name = str(count)
    print([step((name, name[:1] + name[1:])) for x in range(count)], [step((name, str(count))) for _ in range(count)])


if __name__ == "__main__":
    main()
