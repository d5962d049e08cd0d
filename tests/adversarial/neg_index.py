def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def main():
    l = [0] * 5
    for x in range(-3, 3):
        l[x] = work(x)
    print(l)


if __name__ == "__main__":
    main()
