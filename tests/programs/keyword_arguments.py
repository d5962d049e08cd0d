import sys


def sieve_count(limit, *, skip=(), start=2):
    """Numbers below limit with no divisor but those in skip."""
    flags = bytearray([1]) * max(limit, 0)
    for n in range(start, limit):
        if flags[n] and n not in skip:
            for multiple in range(2 * n, limit, n):
                flags[multiple] = 0
    return sum(flags[start:])


def counts(limits, *options, **settings):
    results = []
    for limit in limits:
        results.append(sieve_count(limit, skip=options, **settings))
    return results


def main():
    numbers = [int(a) for a in sys.argv[1:]]
    print(counts(numbers))
    print(counts(numbers, 2, 3))
    print(counts(numbers, start=5))
    try:
        print(counts(numbers, stop=1))
    except TypeError as error:
        print(error)


if __name__ == "__main__":
    main()
