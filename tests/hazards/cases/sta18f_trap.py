# /// hazard
# entry = "STA-18"
# expect = "refuse"
# ///
"""The length of an object is counted when asked for."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


class Box:
    def __init__(self, x):
        self.x = x
        self.asked = 0

    def __len__(self):
        self.asked += 1
        return heavy(self.x) % 100


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    boxes = [Box(x) for x in range(count)]
    print([len(box) for box in boxes], [box.asked for box in boxes])


if __name__ == "__main__":
    main()
