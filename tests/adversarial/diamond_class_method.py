# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []
class Base:
    @classmethod
    def hit(cls, x): return 1
class A(Base): pass
class B(Base):
    @classmethod
    def hit(cls, x): LOG.append(x)
class C(A, B): pass
def f(x):
    C.hit(x)
    return work(x)
def main():
    out = [f(x) for x in range(12)]
    print(out, len(LOG))


if __name__ == "__main__":
    main()
