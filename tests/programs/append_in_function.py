"""Collatz lengths: the plainest loop there is."""

import sys

LIMIT = 10000       # give up after so many steps


def collatz_length(n):
    steps = 0
    while n != 1 and steps < LIMIT:
        if n % 2:
            n = 3 * n + 1
        else:
            n //= 2
        steps += 1
    return steps


def lengths(numbers):
    """Steps to reach 1, for each number."""
    result = []
    for n in numbers:
        result.append(collatz_length(n))    # may stop at LIMIT
    return result


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200000
    numbers = list(range(1, count + 1))
    found = lengths(numbers)
    print(len(found), "numbers")
    print(found[:20])
    if found:
        longest = max(found)
        print("longest", longest, "at", numbers[found.index(longest)])
    print("sum", sum(found))


if __name__ == "__main__":
    main()
