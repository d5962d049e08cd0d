# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


import functools

REG = [1]


def f(x):
    return work(x) + len(REG)


def main():
    functools.partial(lambda: REG.append(2))()
    print([f(x) for x in range(12)])


if __name__ == "__main__":
    main()
