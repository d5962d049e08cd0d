def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


LOG = []
class MetaC(type):
    def __instancecheck__(cls, o): LOG.append(1); return True
    def __subclasscheck__(cls, o): LOG.append(1); return True
class Meta1(metaclass=MetaC): pass
def main():
    out = []
    for x in range(12):
        c = 0
        r = isinstance(x, Meta1)
        out.append((work(x), r))
    print(out, len(LOG))


if __name__ == "__main__":
    main()
