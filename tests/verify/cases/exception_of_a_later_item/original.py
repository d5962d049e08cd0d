import time


def check(n):
    if n == 2:
        time.sleep(0.2)
        raise ValueError("second")
    if n == 5:
        raise ValueError("fifth")
    return n


def main():
    for n in range(8):
        check(n)


if __name__ == "__main__":
    main()
