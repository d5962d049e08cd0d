def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []
def map(fn, xs):
    return []
def rec(i): LOG.append(i)
def f(x):
    list(map(rec, [x]))
    return work(x)
del map
def main():
    out = [f(x) for x in range(12)]
    print(out, len(LOG))


main()
