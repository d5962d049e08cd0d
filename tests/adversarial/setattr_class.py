def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


LOG = []
class Obj:
    def fn(self, x):
        return 0
def impure(self, x):
    LOG.append(x)
    return len(LOG)
def main():
    setattr(Obj, "fn", impure)
    o = Obj()
    out = []
    for x in range(12):
        out.append(work(x) + o.fn(x))
    print(out, len(LOG))


if __name__ == "__main__":
    main()
