import sys

from tables import steps


def main():
    steps.append(5)
    numbers = list(range(int(sys.argv[1])))
    results = []
    for number in numbers:
        value = number
        for step in steps:
            value = (value * 31 + step) % 9973
        results.append(value)
    print(results)


if __name__ == "__main__":
    main()
