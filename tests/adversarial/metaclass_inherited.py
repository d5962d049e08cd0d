# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


N = []


class M(type):
    def __init__(cls, n, b, d):
        N.append(n)


class B(metaclass=M):
    pass


def f(x):
    class C(B):
        pass

    return work(x)


def main():
    print([f(x) for x in range(12)], N)


if __name__ == "__main__":
    main()
