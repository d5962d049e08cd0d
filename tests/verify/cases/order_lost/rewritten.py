import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor, as_completed


def pool():
    return ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context())


import time


def slow(n):
    time.sleep(0.05 * (4 - n))
    return n


def main():
    with pool() as executor:
        for future in as_completed([executor.submit(slow, n) for n in range(4)]):
            print(future.result())


if __name__ == "__main__":
    main()
