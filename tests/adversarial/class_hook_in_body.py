# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


N = []


class C:
    def __init__(self, a):
        self.a = a

    def __init_subclass__(cls):
        N.append(cls)


def f(x):
    class D(C):
        pass

    return work(x)


def main():
    print([f(x) for x in range(12)], len(N))


if __name__ == "__main__":
    main()
