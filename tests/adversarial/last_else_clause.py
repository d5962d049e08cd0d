def work(n):
    total = 0
    for k in range(300):
        total += (k * n) % 7
    if n == 13:
        raise ValueError("unlucky")
    return total


def keep(numbers):
    out = []
    for number in numbers:
        size = work(number)
        out.append(size)
    else:
        print("else", size if numbers else "nothing")
    return out


def twice(groups):
    out = []
    size = -1
    for group in groups:
        for number in group:
            size = work(number) + len(group)
            out.append((number, size))
        out.append(size)
    return out, size


if __name__ == "__main__":
    print(keep([]), keep([4]), keep(list(range(9))))
    print(twice([[], [1, 2, 3], [], [5]]))
