def work(n):
    total = 0
    for k in range(300):
        total += (k * n) % 7
    if n == 13:
        raise ValueError("unlucky")
    return total


def collect(numbers, sizes):
    for number in numbers:
        size = work(number)
        sizes[number] = size
        sizes[number + 100] = work(number + 1)
    return size


if __name__ == "__main__":
    sizes = {}
    print(collect(range(8), sizes), sizes)
    collect(range(8, 20), sizes)
