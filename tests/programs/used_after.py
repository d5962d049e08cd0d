"""Results, the loop variable and a temporary are all used after the loop."""
import sys


def persistence(n):
    steps = 0
    while n > 9:
        product = 1
        for digit in str(n):
            product *= int(digit)
        n = product
        steps += 1
    return steps


def survey(numbers):
    depths = []
    for number in numbers:
        depth = persistence(number)
        depths.append(depth)
    depths.append("end")
    print("last:", number, "depth", depth)
    print("average of the last two:", (depths[-2] + depth) / 2)
    return depths


def main():
    numbers = [int(argument) for argument in sys.argv[1:]]
    try:
        print(survey(numbers))
    except UnboundLocalError as error:
        print("nothing to survey:", type(error).__name__, "number" in str(error))
    print(survey([277777788888899, 10] * 20)[-3:])


if __name__ == "__main__":
    main()
