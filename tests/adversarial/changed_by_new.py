# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


REG = []


class C:
    def __new__(cls):
        REG.append(1)
        return object.__new__(cls)


def f(x):
    return work(x) + len(REG)


def main():
    C()
    print([f(x) for x in range(12)])


if __name__ == "__main__":
    main()
