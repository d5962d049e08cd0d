# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []
class A:
    def hit(self): LOG.append(1)
class B(A):
    pass
def pure(self): return 1
if len(LOG) > 5:
    B.hit = pure
def f(x):
    B().hit()
    return work(x)
def main():
    out = [f(x) for x in range(12)]
    print(out, len(LOG))


if __name__ == "__main__":
    main()
