def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def main():
    out = []
    for x in (len(out) + i for i in range(12)):
        out.append(work(x))
    print(out)


if __name__ == "__main__":
    main()
