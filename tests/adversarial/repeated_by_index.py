def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


LOG = []
class C:
    def __index__(self): LOG.append(1); return 3
def main():
    out = []
    for x in range(12):
        c = C()
        r = [x] * c
        out.append((work(x), r))
    print(out, len(LOG))


if __name__ == "__main__":
    main()
