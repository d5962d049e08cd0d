def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def main():
    out = []
    for x in range(12):
        out.append(work(x))
    del x
    print(out)


if __name__ == "__main__":
    main()
