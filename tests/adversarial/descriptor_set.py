def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []
class Desc:
    def __set__(self, o, v): LOG.append(v)
class C:
    d = Desc()
def f(x):
    c = C()
    c.d = x
    return work(x)
def main():
    out = [f(x) for x in range(12)]
    print(out, len(LOG))


main()
