# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


def f(x):
    s = ""
    for c in {"a", "b", "c", "d", "e"}:
        s += c
    return s, work(x)


def main():
    r = [f(x) for x in range(12)]
    print(all(a == r[0][0] for a, b in r))


if __name__ == "__main__":
    main()
