def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def main():
    n = float("inf") * 0
    bad = [n, 3.0]
    out = []
    for x in [n, 1.0, 2.0, n, 3.0] * 3:
        out.append((work(3), x in bad))
    print(out)


if __name__ == "__main__":
    main()
