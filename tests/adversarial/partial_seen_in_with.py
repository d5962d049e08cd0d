class Keep:
    def __enter__(self):
        return self

    def __exit__(self, *details):
        print("left", details[0].__name__ if details[0] else None, SIZES)
        return True


SIZES = {}


def work(n):
    total = 0
    for k in range(300):
        total += (k * n) % 7
    if n == 13:
        raise ValueError("unlucky")
    return total


def collect(numbers, sizes):
    for number in numbers:
        sizes[number] = None
        sizes[number] = work(number)
    return sizes


if __name__ == "__main__":
    with Keep():
        collect(range(8, 20), SIZES)
    print(len(SIZES), sorted(SIZES))
