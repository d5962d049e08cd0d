def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def main():
    a = []
    for x in range(12):
        if x % 2:
            if x % 3:
                a.append(work(x))
                continue
            else:
                a.append(-work(x))
                continue
        a.append(0)
    print(a)


if __name__ == "__main__":
    main()
