# /// hazard
# entry = "RES-13"
# expect = "refuse"
# skip = ["range-index"]
# ///
"""The source tells what it has handed out, and the body looks."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


class Camera:
    def __init__(self, count):
        self.count = count
        self.taken = 0

    def __iter__(self):
        return self

    def __next__(self):
        if self.taken >= self.count:
            raise StopIteration
        self.taken += 1
        return self.taken


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    source = Camera(count)
    out = []
    for frame in source:
        out.append((heavy(frame), source.taken))
    print(out)


if __name__ == "__main__":
    main()
