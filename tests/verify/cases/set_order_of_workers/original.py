WORDS = {"apple", "pear", "plum", "fig", "quince", "grape", "peach", "lime"}


def words(n):
    return list(WORDS)


def main():
    print([words(n) for n in range(2)])


if __name__ == "__main__":
    main()
