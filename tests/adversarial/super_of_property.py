# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []
class A:
    @property
    def p(self):
        LOG.append(1)
        return 0
class B(A):
    def g(self):
        if super().p:
            return 1
        return 2
def f(x):
    return B().g() + work(x)
def main():
    out = [f(x) for x in range(12)]
    print(out, len(LOG))


if __name__ == "__main__":
    main()
