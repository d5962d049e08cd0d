import sys


def digit_chain_end(n):
    """Sum the squares of the digits until a number below 10 comes up twice."""
    seen = []
    while n not in seen:
        seen.append(n)
        n = sum(int(d) ** 2 for d in str(n))
    return min(seen[seen.index(n):])


def main():
    first, last = map(int, sys.argv[1:])
    ends = {digit_chain_end(n) for n in range(first, last)}
    print(sorted(ends))
    print(len(ends), "different ends")


if __name__ == "__main__":
    main()
