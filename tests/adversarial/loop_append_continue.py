def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def main():
    a = []
    for x in range(12):
        if x % 3 == 0:
            a.append(-1)
            continue
        y = work(x)
        a.append(y)
    print(a)


if __name__ == "__main__":
    main()
