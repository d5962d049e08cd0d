def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def main():
    a = []
    for x in range(12):
        a.append(x)
        w = [work(a) for a in range(3)]
        a.append(sum(w))
    print(a)


if __name__ == "__main__":
    main()
