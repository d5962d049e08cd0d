def work(n):
    total = 0
    for k in range(300):
        total += k * n
    if n == 13:
        raise ValueError("unlucky")
    return total


def measure(numbers):
    out = []
    for number in numbers:
        out.append(work(number))
    return out


def count(n):
    for k in range(n):
        yield k


if __name__ == "__main__":
    source = count(40)
    try:
        print(measure(source))
    except ValueError as error:
        print(error, next(source))
    source = iter(list(range(40)))
    try:
        print(measure(source))
    except ValueError as error:
        print(error, next(source))
    source = (k for k in range(40))
    try:
        print(measure(source))
    except ValueError as error:
        print(error, next(source))
