import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor, as_completed


def pool():
    return ProcessPoolExecutor(os.cpu_count(), multiprocessing.get_context())


def score(n):
    return n * n % 97


def main():
    scores = {}
    with pool() as executor:
        for n, result in zip(range(40), executor.map(score, range(40), chunksize=4)):
            scores[n] = result
    print(scores)
    with open("scores.txt", "w") as out:
        out.write(repr(scores))


if __name__ == "__main__":
    main()
