# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


class C:
    k = 1

    def __getattr__(self, n):
        C.k = 9
        return 1


def f(x):
    return work(x) + C.k


def main():
    C().zz
    print([f(x) for x in range(12)])


if __name__ == "__main__":
    main()
