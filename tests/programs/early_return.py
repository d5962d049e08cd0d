import sys


def smallest_factor(n):
    d = 2
    while d * d <= n:
        if n % d == 0:
            return d
        d += 1
    return n


def first_composite(numbers, tried):
    for n in numbers:
        factor = smallest_factor(n)
        if factor != n:
            return n, factor
        tried.append(n)
    return None


def main():
    tried = []
    print(first_composite([int(a) for a in sys.argv[1:]], tried))
    print(tried)


if __name__ == "__main__":
    main()
