import sys


def triangles(limit):
    """Primitive candidates, made lazily."""
    for a in range(1, limit):
        for b in range(a, limit, 3):
            yield a, b


def common_steps(a, b):
    steps = 0
    while b:
        a, b = b, a % b
        steps += 1
    return steps


def longest_euclid(pairs):
    steps = []
    for a, b in pairs:
        steps.append(common_steps(a * 99991, b * 100003))
    return steps


def main():
    limit = int(sys.argv[1])
    pairs = triangles(limit)
    steps = longest_euclid(pairs)
    print(len(steps), sum(steps), max(steps, default="none"))
    print("left over:", list(pairs))
    print(longest_euclid((n, n + 1) for n in range(5)))


if __name__ == "__main__":
    main()
