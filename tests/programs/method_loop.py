"""Game of life on several boards; the loop is in a method and reads attributes of self."""
import sys


class Experiment:
    def __init__(self, size, generations):
        self.size = size
        self.generations = generations
        self.results = None

    def seed_board(self, number):
        state = number * 7919 + 13
        board = []
        for _ in range(self.size):
            row = []
            for _ in range(self.size):
                state = (1103515245 * state + 12345) % 2147483648
                row.append(state >> 16 & 1)
            board.append(row)
        return board

    def step(self, board):
        n = self.size
        new = []
        for y in range(n):
            row = []
            for x in range(n):
                alive = sum(board[(y + dy) % n][(x + dx) % n]
                            for dy in (-1, 0, 1) for dx in (-1, 0, 1) if dy or dx)
                row.append(1 if alive == 3 or (alive == 2 and board[y][x]) else 0)
            new.append(row)
        return new

    def run(self, numbers):
        populations = []
        for number in numbers:
            board = self.seed_board(number)
            for _ in range(self.generations):
                board = self.step(board)
            populations.append(sum(map(sum, board)))
        self.results = populations
        return populations


def main():
    size, generations, boards = map(int, sys.argv[1:4])
    experiment = Experiment(size, generations)
    print(experiment.run(range(boards)))
    print(experiment.results == experiment.run(list(range(boards))))
    print("best", max(experiment.results, default=None))


if __name__ == "__main__":
    main()
