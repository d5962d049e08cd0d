def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


LOG = []
class C:
    @property
    def __class__(self): LOG.append(1); return int
def main():
    out = []
    for x in range(12):
        c = C()
        r = isinstance(c, int)
        out.append((work(x), r))
    print(out, len(LOG))


if __name__ == "__main__":
    main()
