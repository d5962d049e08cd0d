"""Rays on a board, in a function whose variables bear the names of builtins."""

import sys

SIZE = 8
DIRECTIONS = ((0, 1), (1, 0), (1, 1), (1, -1))


def reach(board, square, dir):
    """How far one sees from a square in this direction, weighted by what stands there."""
    row, column = divmod(square, SIZE)
    seen = 0
    while 0 <= row < SIZE and 0 <= column < SIZE:
        seen += board[row][column]
        row += dir[0]
        column += dir[1]
    return seen


def weights(board, count):
    result = []
    for square in range(count):
        vars = [reach(board, square, dir) for dir in DIRECTIONS]
        result.append(sum(vars) * max(vars))
    return result


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else SIZE * SIZE
    board = [[(3 * row + 5 * column) % 7 for column in range(SIZE)] for row in range(SIZE)]
    print(weights(board, count))


if __name__ == "__main__":
    main()
