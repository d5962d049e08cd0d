import sys


def height(n):
    top = n
    while n > 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        top = max(top, n)
    return top


def records(numbers):
    best = 0
    found = []
    for n in numbers:
        h = height(n)
        if h > best:
            best = h
            found.append((n, h))
    return found


def main():
    print(records(list(range(1, int(sys.argv[1])))))


if __name__ == "__main__":
    main()
