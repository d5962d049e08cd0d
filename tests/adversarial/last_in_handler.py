def work(n):
    total = 0
    for k in range(300):
        total += (k * n) % 7
    if n == 13:
        raise ValueError("unlucky")
    return total


def survey(numbers):
    out = []
    size = "none"
    try:
        for number in numbers:
            size = number * 2
            value = work(number)
            out.append(value)
    except ValueError as error:
        print("failed", error, size, out)
    else:
        print("fine", size, value)
    return out


def guarded(numbers):
    out = []
    size = "none"
    try:
        for number in numbers:
            size = number * 2
            out.append(work(number))
    finally:
        print("at the end", size)
    return out


if __name__ == "__main__":
    survey(list(range(10)))
    survey(list(range(10, 20)))
    guarded(list(range(5)))
    try:
        guarded([1, 2, 3, 13, 5])
    except ValueError:
        print("out")
