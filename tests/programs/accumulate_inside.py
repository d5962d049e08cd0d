"""Names that look carried but are set anew in each iteration before they are read."""
import sys


def describe(numbers):
    report = {}
    total = largest = None
    for number in numbers:
        total = 0
        largest = 1
        n = number
        divisor = 2
        while divisor <= n:
            if n % divisor == 0:
                n //= divisor
                total += divisor
                largest = divisor
            else:
                divisor += 1
        if total == number:
            largest = -largest
        report[number] = total, largest
    return report, total, largest


def main():
    numbers = [int(a) for a in sys.argv[1:]]
    report, total, largest = describe(numbers)
    for number, pair in report.items():
        print(number, pair)
    print(total, largest)


if __name__ == "__main__":
    main()
