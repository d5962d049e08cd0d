def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


def main():
    d = {}
    for x in range(12):
        d[(x), (x + 1)] = (work(x)), (x)
    print(d)


if __name__ == "__main__":
    main()
