import sys

import shapes


def main():
    numbers = list(range(int(sys.argv[1])))
    areas = []
    for number in numbers:
        areas.append(shapes.area(number))
    print(areas)


if __name__ == "__main__":
    main()
