# also: spawn
def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


class C:
    def f(self, x):
        return work(x)
def g(self, x):
    return -work(x)
def main():
    C.f = g
    out = []
    c = C()
    for x in range(12):
        out.append(c.f(x))
    print(out)


if __name__ == "__main__":
    main()
