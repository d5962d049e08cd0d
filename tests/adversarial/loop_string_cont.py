def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def main():
    a = []
    if True:
        for x in range(12):
            y = "abc\
                def"
            a.append(y + str(work(x)))
    print(a)


if __name__ == "__main__":
    main()
