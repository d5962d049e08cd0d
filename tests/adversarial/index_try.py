def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def main():
    a = [0] * 8
    for i in range(12):
        try:
            a[i] = work(i)
        except IndexError:
            pass
    print(a)


if __name__ == "__main__":
    main()
