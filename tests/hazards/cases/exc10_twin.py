# /// hazard
# entry = "EXC-10"
# expect = "rewrite"
# ///
"""The function called raises StopIteration itself."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def draw(x):
    if x == 9:
        raise StopIteration(x)
    return heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    try:
        for x in range(count):
            out.append(draw(x))
    except StopIteration as stop:
        print("stopped", stop.args)
    print(len(out))


if __name__ == "__main__":
    main()
