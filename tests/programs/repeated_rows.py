import sys


def cost(k):
    total = 0
    while k:
        total += k % 10
        k //= 10
    return total


def fill(n, m):
    grid = [[0] * m] * n        # one row, n times
    for i in range(n):
        for j in range(m):
            grid[i][j] += cost(i * m + j)
    return grid


def main():
    n, m = map(int, sys.argv[1:3])
    grid = fill(n, m)
    for row in grid:
        print(row)
    print(len({id(row) for row in grid}))


if __name__ == "__main__":
    main()
