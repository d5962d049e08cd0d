def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []
class Desc:
    def __get__(self, o, t=None): LOG.append(1)
class C:
    d = Desc()
def f(x):
    c = C()
    return c.d is None, work(x)
def main():
    out = [f(x) for x in range(12)]
    print(out, len(LOG))


main()
