def work(n):
    total = 0
    for k in range(300):
        total += (k * n) % 7
    if n == 13:
        raise ValueError("unlucky")
    return total


SEEN = []


def keep(numbers):
    out = []

    def show():
        return size

    SEEN.append(show)
    for number in numbers:
        size = work(number)
        out.append(size)
    return out


def by_name(numbers):
    global last_size
    out = []
    for number in numbers:
        last_size = work(number)
        out.append(last_size)
    return out


def outer(numbers):
    size = None

    def fill():
        nonlocal size
        out = []
        for number in numbers:
            size = work(number) + 1
            out.append(size)
        return out

    return fill(), size


if __name__ == "__main__":
    print(keep([1, 2, 3]), SEEN[0]())
    try:
        keep([1, 2, 13, 4])
    except ValueError:
        print(SEEN[1]())
    print(by_name([4, 5]), last_size)
    print(outer([4, 5, 6]))
