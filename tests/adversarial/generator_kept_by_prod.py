# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []
H = []
def prod(g):
    return g
def f(x):
    lst = []
    g = prod(lst.append(i) for i in range(2))
    lst = LOG
    list(g)
    return work(x)
def main():
    out = [f(x) for x in range(12)]
    print(out, len(LOG))


if __name__ == "__main__":
    main()
