def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def main():
    d = {}
    for x in range(12):
        w = work(x)
        if w == 0:
            continue
        d[w] = (x, w)
    print(d)


if __name__ == "__main__":
    main()
