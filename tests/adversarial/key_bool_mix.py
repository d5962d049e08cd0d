def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def main():
    d = {}
    for x in [0, 1, False, True, 0.0]:
        d[x] = work(int(x)) + len(str(x))
    print(d)


if __name__ == "__main__":
    main()
