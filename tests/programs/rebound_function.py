import sys


def cost(n):
    return sum(k * k % 7 for k in range(n))


def expensive(n):
    global runs
    runs += 1
    return runs * sum(k * k % 11 for k in range(n))


runs = 0


def costs(numbers):
    result = []
    for n in numbers:
        result.append(cost(n))
    return result


def main():
    numbers = [int(a) for a in sys.argv[2:]]
    if sys.argv[1] == "expensive":
        globals()["cost"] = expensive       # chosen by the user
    print(costs(numbers))
    print(costs(numbers), runs)


if __name__ == "__main__":
    main()
