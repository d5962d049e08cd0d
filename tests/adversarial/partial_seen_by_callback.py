import ctypes

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


@ctypes.CFUNCTYPE(ctypes.c_int)
def called_from_outside():
    collect(range(8, 20), SIZES)
    return 1


if __name__ == "__main__":
    print(called_from_outside(), sorted(SIZES))
