import sys

import talking


def main():
    numbers = list(range(int(sys.argv[1])))
    results = []
    for number in numbers:
        results.append(talking.double(number))
    print(results)


if __name__ == "__main__":
    main()
