import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor, as_completed


def pool():
    return ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context())


WORDS = {"apple", "pear", "plum", "fig", "quince", "grape", "peach", "lime"}


def words(n):
    return list(WORDS)


def main():
    with pool() as executor:
        print(list(executor.map(words, range(2))))


if __name__ == "__main__":
    main()
