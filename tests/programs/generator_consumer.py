import sys


def smooth(n):
    largest = 1
    for d in range(2, n + 1):
        while n % d == 0:
            n //= d
            largest = d
    return largest


def lazily(numbers, weights):
    for n in numbers:
        value = smooth(n) * weights["factor"]
        yield n, value


def main():
    weights = {"factor": 1}
    for n, value in lazily(list(range(2, 2 + int(sys.argv[1]))), weights):
        print(n, value)
        if value > 20:
            weights["factor"] += 1      # changes what later iterations compute
        if weights["factor"] > 4:
            print("enough")
            break


if __name__ == "__main__":
    main()
