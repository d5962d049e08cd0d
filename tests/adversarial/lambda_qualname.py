def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def main():
    out = []
    for x in range(12):
        f = lambda a: a
        out.append((work(x), f.__qualname__))
    print(out[0])


if __name__ == "__main__":
    main()
