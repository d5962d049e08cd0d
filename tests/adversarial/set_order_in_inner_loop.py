# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


def f(x):
    for c in {"a%d" % (x % 2), "b", "c", "d"}:
        return c, work(x)


def main():
    r = [f(x) for x in range(12)]
    print(len({a for a, b in r}) <= 2, len(r))


if __name__ == "__main__":
    main()
