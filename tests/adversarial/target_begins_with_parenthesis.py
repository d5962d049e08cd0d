def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


def main():
    d = {}
    for (a, (b, c)), e in [((i, (i + 1, i + 2)), i) for i in range(12)]:
        d[a, b] = work(c) + e
    print(d, a, b, c, e)


if __name__ == "__main__":
    main()
