def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def main():
    n = float("inf") * 0
    table = {n: 5}
    out = []
    for x in [n, 1.0, 2.0, n] * 3:
        out.append((work(3), table.get(x, 0)))
    print(out)


if __name__ == "__main__":
    main()
