# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


N = []


class D:
    def __set_name__(self, o, n):
        N.append(n)


def f(x):
    class C:
        d = D()

    return work(x)


def main():
    print([f(x) for x in range(12)], N)


if __name__ == "__main__":
    main()
