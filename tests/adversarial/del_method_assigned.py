def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


class C:
    pass
def d(self):
    LOG.append(1)
C.__del__ = d
LOG = []
def main():
    out = []
    for x in range(12):
        C()
        out.append(work(x))
    print(out, len(LOG))


if __name__ == "__main__":
    main()
