def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


L = []
def gen():
    yield 1
    return L
def gen2():
    r = yield from gen()
    r.append(1)
def g(x):
    for _ in gen2(): pass
    return work(x)
def main():
    out = []
    for x in range(12):
        out.append(g(x))
    print(out, L)


if __name__ == "__main__":
    main()
