import multiprocessing
import os


def main():
    print(multiprocessing.get_start_method(), os.cpu_count(), len(os.sched_getaffinity(0)))
    multiprocessing.set_start_method("spawn")
    print(multiprocessing.get_start_method())
    try:
        multiprocessing.set_start_method("fork")
    except RuntimeError as error:
        print(error)


if __name__ == "__main__":
    main()
