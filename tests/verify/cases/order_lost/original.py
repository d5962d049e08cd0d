import time


def slow(n):
    time.sleep(0.05 * (4 - n))
    return n


def main():
    for n in range(4):
        print(slow(n))


if __name__ == "__main__":
    main()
