import sys

import making


def main():
    numbers = list(range(int(sys.argv[1])))
    results = []
    for number in numbers:
        results.append(number * making.next_factor)
    print(results)


if __name__ == "__main__":
    main()
