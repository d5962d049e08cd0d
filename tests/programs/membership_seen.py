import sys


def canonical(n):
    best = n
    for _ in range(40):
        n = n * n % 1009
        best = min(best, n)
    return best


def representatives(numbers):
    seen = set()
    kept = []
    for n in numbers:
        key = canonical(n)
        if key not in seen:
            seen.add(key)
            kept.append(n)
    return kept, len(seen)


def main():
    print(representatives(list(range(int(sys.argv[1])))))


if __name__ == "__main__":
    main()
