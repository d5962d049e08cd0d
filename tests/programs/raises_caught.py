"""One item fails; the caller catches it and prints what had been done by then."""
import sys


class Unsolvable(Exception):
    pass


def isqrt_slowly(n):
    if n < 0:
        raise Unsolvable("no root", n)
    low, high = 0, n + 1
    while high - low > 1:
        middle = (low + high) // 2
        if middle * middle <= n:
            low = middle
        else:
            high = middle
    return low


def roots(numbers, found):
    for number in numbers:
        root = isqrt_slowly(number)
        if number % 7 == 6:
            root = root // (number % 5)     # fails for some
        found.append(root)


def attempt(numbers):
    found = []
    try:
        roots(numbers, found)
    except Unsolvable as error:
        print("stopped:", error.args, "after", len(found))
    except ZeroDivisionError as error:
        print("stopped:", error, "after", len(found))
    else:
        print("all done")
    print(found)


def main():
    numbers = [int(argument) for argument in sys.argv[1:]]
    attempt(numbers)
    attempt(numbers[::-1])
    attempt([n * n * n for n in numbers])


if __name__ == "__main__":
    main()
