import sys

import memory


def main():
    numbers = [number % 7 for number in range(int(sys.argv[1]))]
    results = []
    for number in numbers:
        results.append(memory.square(number))
    print(results)


if __name__ == "__main__":
    main()
