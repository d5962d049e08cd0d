table = {}


def look(n):
    return table.get(n)


def main():
    table.update({n: n * n for n in range(5)})
    print([look(n) for n in range(5)])


if __name__ == "__main__":
    main()
