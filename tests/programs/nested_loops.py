import sys


def weight(i, j):
    total = 0
    while i and j:
        i, j = j % i, i
        total += i ^ j
    return total


def build(n, m):
    """A matrix of weights, row by row."""
    matrix = []
    for i in range(1, n + 1):
        row = []
        for j in range(1, m + 1):
            row.append(weight(i * 7919, j * 104729) % 1000)
        matrix.append(row)
    return matrix


def main():
    n, m = map(int, sys.argv[1].split("x"))
    matrix = build(n, m)
    for row in matrix:
        print(" ".join("%3d" % v for v in row))
    print(sum(map(sum, matrix)), len({id(row) for row in matrix}))


if __name__ == "__main__":
    main()
