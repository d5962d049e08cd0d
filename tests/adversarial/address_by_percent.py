# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


class C:
    def __init__(self, v): self.v = v
    def __str__(self): return "c"
def f(c):
    return "%r" % (c,), work(c.v)
def main():
    cs = [C(x) for x in range(12)]
    out = [f(c) for c in cs]
    print([o[0] == repr(c) for o, c in zip(out, cs)])


if __name__ == "__main__":
    main()
