# /// hazard
# entry = "DYN-12"
# expect = "refuse"
# ///
"""Which function it is depends on what is installed."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


try:
    from no_such_module_here import step
except ImportError:
    seen = []

    def step(x):
        seen.append(x)
        return heavy(x) + len(seen)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    for x in range(count):
        out.append(step(x))
    print(out)


if __name__ == "__main__":
    main()
