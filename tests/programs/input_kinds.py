"""One function, called with every kind of iterable the first argument asks for."""
import sys


class Shelf:
    """Iterable by __getitem__ alone."""

    def __init__(self, values):
        self.values = values

    def __getitem__(self, index):
        return self.values[index]


class Odd(list):
    def __iter__(self):
        return (x for x in list.__iter__(self) if x % 2)


def totient(n):
    count = 0
    for k in range(1, n + 1):
        a, b = n, k
        while b:
            a, b = b, a % b
        if a == 1:
            count += 1
    return count


def totients(values):
    result = []
    for value in values:
        result.append(totient(value))
    return result


KINDS = {
    "list": list,
    "tuple": tuple,
    "range": lambda values: range(len(values)),
    "generator": lambda values: (v for v in values),
    "iterator": iter,
    "set": set,
    "dict": dict.fromkeys,
    "shelf": Shelf,
    "odd": Odd,
    "bools": lambda values: [v > 5 for v in values],
    "floats": lambda values: [float(v) for v in values],
    "mixed": lambda values: [3, "4", 5],
    "none": lambda values: None,
}

if __name__ == "__main__":
    for kind in sys.argv[1:]:
        numbers = KINDS[kind]([12, 30, 7, 7, 1])
        try:
            print(kind, totients(numbers))
        except TypeError as error:
            print(kind, "fails:", error)
