# /// hazard
# entry = "STA-01"
# expect = "refuse"
# ///
"""What the function calls `_Box__log` is `__log` to the methods of the class in it."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    _Box__log = []

    class Box:
        def put(self, n):
            __log.append(n)
            return heavy(n)

    box = Box()
    out = []
    for i in range(count):
        out.append(box.put(i) + len(_Box__log))
    print(out)


if __name__ == "__main__":
    main()
