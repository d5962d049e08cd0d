def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


class C:
    k = 1
    @classmethod
    def f(cls, x):
        return work(x) * cls.k
def main():
    C.k = 3
    out = []
    for x in range(12):
        out.append(C.f(x))
    print(out)


if __name__ == "__main__":
    main()
