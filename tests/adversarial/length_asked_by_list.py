def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


LOG = []
class C:
    def __iter__(self): return iter([1])
    def __len__(self): LOG.append(1); return 1
def main():
    out = []
    for x in range(12):
        c = C()
        r = list(c)
        out.append((work(x), r))
    print(out, len(LOG))


if __name__ == "__main__":
    main()
