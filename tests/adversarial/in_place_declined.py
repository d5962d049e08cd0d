def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


LOG = []
class A:
    def __iadd__(self, o): return NotImplemented
    def __add__(self, o):
        LOG.append(1)
        return 1
def main():
    out = []
    for x in range(12):
        a = A()
        a += 1
        out.append((work(x), a))
    print(out, LOG)


if __name__ == "__main__":
    main()
