def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def main():
    n = float("inf") - float("inf")
    out = []
    for x in range(12):
        work(x)
        out.append(n)
    print(out.count(n), n in out)


if __name__ == "__main__":
    main()
