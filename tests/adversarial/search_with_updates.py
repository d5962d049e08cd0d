def work(n):
    total = 0
    for k in range(300):
        total += (k * n) % 7
    if n > 30:
        raise ValueError("too far")
    return total


def first(numbers, tried):
    for number in numbers:
        size = work(number)
        tried.append(size)
        if size % 5 == 2:
            return number
    return None


def until(numbers):
    tried = []
    for number in numbers:
        size = work(number)
        if size % 5 == 2:
            break
        tried.append(size)
    else:
        tried.append("all")
    return tried, number, size


if __name__ == "__main__":
    tried = []
    print(first(range(5, 50), tried), tried)
    print(until(range(5, 50)), until([0, 0]))
