import sys


def ways(n, memo={}):
    if n < 0:
        return 0
    if n == 0:
        return 1
    if n not in memo:
        memo[n] = ways(n - 1) + ways(n - 2) + len(memo) % 3
    return memo[n]


def table(numbers):
    out = []
    for n in numbers:
        out.append(ways(n))
    return out


def main():
    numbers = [int(a) for a in sys.argv[1:]]
    print(table(numbers))
    print(table(numbers), len(ways.__defaults__[0]))


if __name__ == "__main__":
    main()
