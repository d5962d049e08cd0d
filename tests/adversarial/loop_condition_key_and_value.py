def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def main():
    d = {}
    for x in range(12):
        if x % 2:
            d[str(x)] = work(x)
    print(d)


if __name__ == "__main__":
    main()
