def work(n):
    total = 0
    for k in range(300):
        total += (k * n) % 7
    if n == 13:
        raise ValueError("unlucky")
    return total


def halves(n):
    total = work(n)
    return total // 2, (total % 5, [n])


def keep(numbers):
    out = []
    for number in numbers:
        big, (small, rest) = halves(number)
        out.append(big)
    rest.append(small)
    return out, big, small, rest


def starred(numbers):
    out = {}
    for number in numbers:
        first, *others = [work(number), number, number + 1]
        out[number] = first
    others.append(first)
    return out, others


def walrus(numbers):
    out = []
    for number in numbers:
        if (size := work(number)) > 880:
            out.append(size)
    return out, size


if __name__ == "__main__":
    numbers = [1, 2, 3, 3, 2, 9] * 4
    print(keep(numbers))
    print(starred(numbers))
    print(walrus(numbers))
