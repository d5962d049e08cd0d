import random
import sys


def hits(samples):
    inside = 0
    for _ in range(samples):
        if random.random() ** 2 + random.random() ** 2 < 1:
            inside += 1
    return inside


def study(sizes):
    results = []
    for size in sizes:
        results.append(4 * hits(size) / size)
    return results


def main():
    random.seed(3)
    sizes = [int(a) for a in sys.argv[1:]]
    try:
        print(study(sizes))
    except ZeroDivisionError:
        print("no samples")
    print(random.random())


if __name__ == "__main__":
    main()
