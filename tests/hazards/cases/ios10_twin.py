# /// hazard
# entry = "IOS-10"
# expect = "rewrite"
# ///
"""The lines are a list, and split by the text itself."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    text = "".join(f"\u00e9{x}\n" for x in range(count))
    out = []
    for line in text.splitlines():
        out.append((line, heavy(len(line))))
    print(ascii(out))


if __name__ == "__main__":
    main()
