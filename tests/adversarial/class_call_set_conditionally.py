# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []
class A:
    @staticmethod
    def hit(x): LOG.append(x)
class B(A): pass
def pure(x): return 1
if len(LOG) > 5:
    B.hit = pure
def f(x):
    B.hit(x)
    return work(x)
def main():
    out = [f(x) for x in range(12)]
    print(out, len(LOG))


if __name__ == "__main__":
    main()
