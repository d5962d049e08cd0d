# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


def f(x):
    return work(x), f.__doc__


def main():
    f.__doc__ = "d"
    print([f(x) for x in range(12)])


if __name__ == "__main__":
    main()
