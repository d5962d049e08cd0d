# /// hazard
# entry = "ORD-08"
# expect = "refuse"
# ///
"""Listeners are objects that remember what they heard."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


class Listener:
    def __init__(self):
        self.heard = []

    def __call__(self, event):
        self.heard.append(event)
        return heavy(event + len(self.heard))


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    listeners = [Listener(), Listener()]
    out = []
    for event in range(count):
        for listener in listeners:
            out.append(listener(event))
    print(out, [listener.heard for listener in listeners])


if __name__ == "__main__":
    main()
