# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


REG = []


class Base:
    def __init_subclass__(cls):
        REG.append(cls)


def f(x):
    return work(x) + len(REG)


def main():
    class E(Base):
        pass

    print([f(x) for x in range(12)])


if __name__ == "__main__":
    main()
