# /// hazard
# entry = "EXI-06"
# expect = "rewrite"
# ///
"""An exception ends a loop that changes nothing."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


class GameOver(Exception):
    pass


def play(move):
    if move > 12:
        raise GameOver
    return heavy(move)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    try:
        for move in range(count):
            out.append(play(move))
    except GameOver:
        print("over")
    print(len(out))


if __name__ == "__main__":
    main()
