import os


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
        try:
            size = work(number)
        except ValueError as error:
            size = str(error)
        out.append(size)
    return out, size


def ending(numbers):
    out = []
    for number in numbers:
        size = 0
        try:
            size = work(number)
            out.append(size)
        finally:
            size = "done"
    return out, size


def skipping(numbers):
    out = []
    for number in numbers:
        size = work(number + 20)
        if number % 2:
            continue
        out.append((number, size))
    return out, size


def in_with(numbers, path):
    out = []
    for number in numbers:
        with open(path) as file:
            text = file.read()
        out.append(work(number + len(text)))
    return out, text


if __name__ == "__main__":
    print(keep([1, 13, 2]), keep([13]))
    print(ending([1, 2, 3]))
    print(skipping(list(range(9))), skipping([1]))
    print(in_with([1, 2], os.devnull))
