import sys

import tables


def main():
    tables.add(3, 100)
    numbers = list(range(int(sys.argv[1])))
    results = []
    for number in numbers:
        results.append(tables.look(number))
    print(results)


if __name__ == "__main__":
    main()
