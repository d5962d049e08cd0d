import sys

LENGTH = int(sys.argv[1]) if len(sys.argv) > 1 else 14
LIMIT = 30


def longest_common(a, b):
    table = [[0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a)):
        for j in range(len(b)):
            if a[i] == b[j]:
                table[i + 1][j + 1] = table[i][j] + 1
            else:
                table[i + 1][j + 1] = max(table[i][j + 1], table[i + 1][j])
    return table[-1][-1]


words = ["".join("acgt"[(k * k + j * j * k) % 4] for j in range(LIMIT)) for k in range(LENGTH)]
matrix = [[longest_common(a, b) for b in words] for a in words]

for row in matrix:
    print(*row)
print([max(row[:i] + row[i + 1:], default=0) for i, row in enumerate(matrix)])
