def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


def main():
    print([(work(x)) for x in range(12) if (x > 2) or (x < 1) if (x != 5) or (x == 9)])


if __name__ == "__main__":
    main()
