import sys


def numbers(texts):
    for text in texts:
        print("reading", text)
        yield int(text)


def inverse_cycle(n):
    rest, steps = 1 % n, 0
    seen = {}
    while rest and rest not in seen:
        seen[rest] = steps
        rest = rest * 10 % n
        steps += 1
    return steps - seen.get(rest, steps)


def cycles(source):
    found = []
    for n in source:
        found.append(inverse_cycle(n))
    return found


def main():
    try:
        print(cycles(numbers(sys.argv[1:])))
    except ZeroDivisionError:
        print("zero in the input")


if __name__ == "__main__":
    main()
