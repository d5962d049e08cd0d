import atexit

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
    atexit.register(lambda: print("at exit", sorted(SIZES)))
    collect(range(8, 20), SIZES)
