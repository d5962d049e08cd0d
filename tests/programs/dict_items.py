import sys


def knapsack(capacity, items):
    best = [0] * (capacity + 1)
    for weight, value in items:
        for room in range(capacity, weight - 1, -1):
            if best[room - weight] + value > best[room]:
                best[room] = best[room - weight] + value
    return best[capacity]


def fill_all(bags, items):
    loads = {}
    for name, capacity in bags.items():
        if capacity <= 0:
            loads[name] = None
        else:
            loads[name] = knapsack(capacity, items)
    return loads


def main():
    items = [(3 + 7 * k % 11, 10 + 13 * k % 37) for k in range(int(sys.argv[1]))]
    bags = {}
    for argument in sys.argv[2:]:
        name, _, capacity = argument.partition("=")
        bags[name] = int(capacity)
    loads = fill_all(bags, items)
    for name in loads:
        print(name, loads[name])
    print(list(bags) == list(loads))


if __name__ == "__main__":
    main()
