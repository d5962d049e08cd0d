import sys

import settings


def main():
    settings.factor = 5
    numbers = list(range(int(sys.argv[1])))
    results = []
    for number in numbers:
        results.append(settings.scaled(number))
    print(results)


if __name__ == "__main__":
    main()
