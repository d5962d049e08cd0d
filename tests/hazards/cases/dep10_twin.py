# /// hazard
# entry = "DEP-10"
# expect = "rewrite"
# ///
"""The parts are collected and joined afterwards."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def render(n):
    return f"<{n}:{heavy(n)}>"


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    parts = []
    for c in range(count):
        parts.append(render(c))
    print("".join(parts))


if __name__ == "__main__":
    main()
