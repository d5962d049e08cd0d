import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor, as_completed


def pool():
    return ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context())


def check(n):
    if n == 3:
        raise ValueError(n)
    return n


def main():
    with pool() as executor:
        list(executor.map(check, range(5)))


if __name__ == "__main__":
    main()
