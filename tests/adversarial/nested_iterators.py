def work(n):
    total = 0
    for k in range(300):
        total += (k * n) % 7
    return total


def count(n):
    for k in range(n):
        yield k


def noisy(n):
    for k in range(n):
        print("made", k)
        yield k


def numbered(rows, columns):
    out = []
    for index, (row, column) in enumerate(zip(rows, columns), 3):
        out.append((index, work(row * column)))
    return out


def twice(values):
    out = []
    for a, (b, c) in zip(values, enumerate(reversed(values))):
        out.append(work(a + b + c))
    return out


def drawn(values):
    source = iter(values)
    out = []
    for a, (b, c) in zip(source, enumerate(source)):
        out.append(work(a + b + c))
    return out, list(source)


def lazily(n):
    out = []
    for index, (a, b) in enumerate(zip(count(n), noisy(n + 1))):
        out.append(work(a + b + index))
    print("all", len(out))
    return out


def shared(n, source):
    out = []
    for index, (a, b) in enumerate(zip(source, count(n))):
        out.append(work(a + b + index))
    return out


if __name__ == "__main__":
    print(numbered([1, 2, 3], [4, 5]), numbered([], [1]), numbered([1], []))
    print(twice(list(range(20))), twice([]))
    print(drawn(list(range(21))))
    print(lazily(6))
    source = iter([9, 8, 7, 6, 5])
    print(shared(3, source), list(source))
