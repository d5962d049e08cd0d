def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def main():
    a = []
    for x in range(12):
        y = work(x)
        if y > 898:
            a.append(y)
            continue
    print(a)


if __name__ == "__main__":
    main()
