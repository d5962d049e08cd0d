import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor, as_completed


def pool():
    return ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context())


print("starting")


def work(n):
    return n


if __name__ == "__main__":
    with pool() as executor:
        print(list(executor.map(work, range(4))))
