def check(n):
    if n == 3:
        raise ValueError(n)
    return n


def main():
    for n in range(5):
        check(n)


if __name__ == "__main__":
    main()
