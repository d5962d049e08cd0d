import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor, as_completed


def pool():
    return ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context())


table = {}


def look(n):
    return table.get(n)


def main():
    table.update({n: n * n for n in range(5)})
    with pool() as executor:
        print(list(executor.map(look, range(5))))


if __name__ == "__main__":
    main()
