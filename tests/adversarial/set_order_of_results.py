def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def main():
    out = []
    for x in range(12):
        s = set()
        for k in range(20):
            s.add((k * 7919 + x) % 1009)
            s.discard((k * 31) % 1009)
        out.append((work(x), s))
    print(out)


if __name__ == "__main__":
    main()
