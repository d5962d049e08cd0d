class Plain(ValueError):
    pass


def work(n):
    total = 0
    for k in range(300):
        total += (k * n) % 7
    if n % 3 == 0:
        raise Plain(n)
    if n % 5 == 0:
        return int("x" * n)
    if n == 8:
        return b"\xff".decode()
    return total


def names(numbers):
    out = []
    for number in numbers:
        try:
            out.append(work(number))
        except ValueError as error:
            out.append((number, type(error).__name__))
    return out


if __name__ == "__main__":
    print(names(list(range(24))))
