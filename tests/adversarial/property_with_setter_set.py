def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []
class C:
    @property
    def p(self):
        return 1
    @p.setter
    def p(self, v):
        LOG.append(2)
def f(x):
    c = C()
    c.p = 1
    return work(x)
def main():
    out = [f(x) for x in range(12)]
    print(out, len(LOG))


main()
