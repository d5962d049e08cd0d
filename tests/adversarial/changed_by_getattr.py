# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


K = {"k": 1}


class C:
    def __getattr__(self, n):
        K["k"] = 9
        return 1


def f(x):
    return work(x) + K["k"]


def main():
    C().zz
    print([f(x) for x in range(12)])


if __name__ == "__main__":
    main()
