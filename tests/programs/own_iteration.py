"""One loop over instances of three classes, each with its own way of being iterated over."""
import sys


class Bag:
    """Gives an iterator over a list of its own."""

    def __init__(self, values):
        self.values = values

    def __iter__(self):
        return iter(self.values)

    def __len__(self):
        print("asked for a length")
        return len(self.values)


class Steps:
    """A generator that fails at the thirteenth value."""

    def __init__(self, count):
        self.count = count

    def __iter__(self):
        for index in range(self.count):
            if index == 13:
                raise ValueError("thirteen")
            yield index * index


class Shelf:
    """Elements by index only."""

    def __init__(self, values):
        self.values = values

    def __getitem__(self, index):
        return self.values[index] + 1


def collatz(n):
    steps = 0
    while n > 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps


def all_steps(numbers):
    result = []
    for number in numbers:
        result.append(collatz(number))
    return result


def main():
    kind, count = sys.argv[1], int(sys.argv[2])
    if kind == "bag":
        numbers = Bag(list(range(count)))
    elif kind == "steps":
        numbers = Steps(count)
    else:
        numbers = Shelf(list(range(count)))
    try:
        print(kind, all_steps(numbers))
    except ValueError as error:
        print(kind, "fails:", error)
    print(all_steps(numbers) == all_steps(numbers))


if __name__ == "__main__":
    main()
