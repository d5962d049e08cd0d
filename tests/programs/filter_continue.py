"""Amicable numbers, with two ways to skip an item."""
import sys

SMALLEST = 10


def divisor_sum(n):
    total = 1
    d = 2
    while d * d <= n:
        if n % d == 0:
            total += d
            if d != n // d:
                total += n // d
        d += 1
    return total


def amicable(numbers):
    pairs = []
    for n in numbers:
        if n < SMALLEST:
            continue            # too small to be asked
        other = divisor_sum(n)
        if other <= n:
            continue
        if divisor_sum(other) == n:
            pairs.append((n, other))
    return pairs


def main():
    limit = int(sys.argv[1]) if len(sys.argv) > 1 else 60000
    pairs = amicable(list(range(limit)))
    for small, large in pairs:
        print(small, large)
    print(len(pairs), "pairs below", limit)


if __name__ == "__main__":
    main()
