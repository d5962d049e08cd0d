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
        del number
    try:
        print(number)
    except UnboundLocalError as error:
        print("unbound", error)
    return out, size


def later(numbers):
    out = []
    for number in numbers:
        size = work(number)
        out.append(size)
    del number
    out.append(size)
    del size
    return out


if __name__ == "__main__":
    print(keep([1, 2, 3]))
    print(later([1, 2, 3]))
