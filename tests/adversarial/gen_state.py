COUNT = [0]


def work(n):
    total = 0
    for k in range(300):
        total += k * n
    return total


def counted(n):
    for k in range(n):
        COUNT[0] += 1
        yield k


def printed(n):
    for k in range(n):
        print("made", k)
        yield k


def measure(numbers):
    out = []
    for number in numbers:
        out.append((work(number), COUNT[0]))
    return out


def plain(numbers):
    out = []
    for number in numbers:
        out.append(work(number))
        print("done", number)
    return out


def two(numbers):
    out = []
    for number in numbers:
        out.append(work(number) + next(numbers, 0))
    return out


if __name__ == "__main__":
    source = counted(20)
    print(measure(source))
    source = printed(5)
    print(plain(source))
    source = printed(5)
    print(measure(source), next(source, "end"))
    source = iter([1, 2, 3, 4, 5])
    print(two(source))
