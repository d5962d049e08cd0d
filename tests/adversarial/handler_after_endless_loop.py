def work(x):
    total = 0
    for step in range(2000):
        total += (x * step) % 7
    return total


def main():
    number = 0
    try:
        while True:
            seen = [number]
            number = number + 1 + 0 * (1 // (5 - number))
    except ZeroDivisionError:
        results = []
        for i in range(200):
            value = work(i + len(seen))
            seen.append(value)
            results.append(value)
        print(results, seen)


if __name__ == "__main__":
    main()
