def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


def main():
    out = []
    for x in (1, 2), (3, 4), (5, 6), (7, 8):
        out.append(work(x[0]) + x[1])
    print(out)


if __name__ == "__main__":
    main()
