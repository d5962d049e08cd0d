import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor, as_completed


def pool():
    return ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context())


import time


def check(n):
    if n == 2:
        time.sleep(0.2)
        raise ValueError("second")
    if n == 5:
        raise ValueError("fifth")
    return n


def main():
    with pool() as executor:
        for future in as_completed([executor.submit(check, n) for n in range(8)]):
            future.result()


if __name__ == "__main__":
    main()
