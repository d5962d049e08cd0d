def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def f(x):
    return work(x) // (x - 5)
def gen():
    a = []
    yield a
    for x in range(12):
        a.append(x)
        a.append(f(x))
def main():
    g = gen()
    a = next(g)
    try:
        next(g)
    except ZeroDivisionError:
        pass
    print(a)


if __name__ == "__main__":
    main()
