import sys

MISSING = object()


def root_of(n):
    low = 0
    while low * low < n:
        low += 1
    if low * low == n:
        return low
    return MISSING


def roots(numbers):
    result = []
    for n in numbers:
        result.append(root_of(n))
    return result


def main():
    numbers = [int(a) for a in sys.argv[1:]]
    found = roots(numbers)
    for n, root in zip(numbers, found):
        print(n, "has no root" if root is MISSING else root)
    print(sum(1 for root in found if root is MISSING), "without")


if __name__ == "__main__":
    main()
