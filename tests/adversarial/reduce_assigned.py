def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


class C:
    def __init__(self, a):
        self.a = a
C.__reduce__ = lambda self: (C, (0,))
def main():
    out = []
    for x in range(12):
        out.append(C(work(x)))
    print([c.a for c in out])


if __name__ == "__main__":
    main()
