def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def main():
    a = [0] * 20
    for x in range(12):
        a[x] = work(x)
        a[x + 1] = x
    print(a)


if __name__ == "__main__":
    main()
