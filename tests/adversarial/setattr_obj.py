def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


LOG = []
class Obj:
    pass
def impure(x):
    LOG.append(x)
    return len(LOG)
def main():
    o = Obj()
    setattr(o, "fn", impure)
    out = []
    for x in range(12):
        o.fn(x)
        out.append(work(x))
    print(out, len(LOG))


if __name__ == "__main__":
    main()
