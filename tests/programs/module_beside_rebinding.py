import sys

import settings


def main():
    settings.use(5)
    numbers = list(range(int(sys.argv[1])))
    results = []
    for number in numbers:
        results.append(number * settings.factor)
    print(results)


if __name__ == "__main__":
    main()
