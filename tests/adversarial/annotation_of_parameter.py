# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []
def rec(v, *a):
    LOG.append(v)
    return 2
def nann(x):
    def g(a: rec(x)): return a
    return g(1)
def f(x):
    try:
        nann(x)
    except (TypeError, ValueError, AttributeError, KeyError, IndexError, OSError, StopIteration):
        pass
    return work(x)
def main():
    out = [f(x) for x in range(12)]
    print(out, len(LOG))


if __name__ == "__main__":
    main()
