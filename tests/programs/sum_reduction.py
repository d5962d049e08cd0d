import sys


def divisor_count(n):
    count = 0
    for d in range(1, n + 1):
        if n % d == 0:
            count += 1
    return count


def total(limit):
    result = 0
    for n in range(limit):
        result += divisor_count(n)
    return result


def main():
    print(total(int(sys.argv[1])))


if __name__ == "__main__":
    main()
