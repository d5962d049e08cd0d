# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


def f(x):
    return {c: 1 for c in {"a", "b", "c", "d", "e"}}, work(x)


def main():
    r = [f(x) for x in range(12)]
    print(all(list(a) == list(r[0][0]) for a, b in r))


if __name__ == "__main__":
    main()
