# /// hazard
# entry = "EXI-06"
# expect = "refuse"
# ///
"""An exception ends a game whose moves change a board."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


class GameOver(Exception):
    pass


def play(board, move):
    board.append(heavy(move + len(board)))
    if len(board) > 12:
        raise GameOver
    return len(board)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    board = []
    out = []
    try:
        for move in range(count):
            out.append(play(board, move))
    except GameOver:
        print("over")
    print(out, board)


if __name__ == "__main__":
    main()
