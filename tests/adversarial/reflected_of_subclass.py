def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


LOG = []
class A:
    def __add__(self, o): return 1
class B(A):
    def __radd__(self, o):
        LOG.append(1)
        return 2
def main():
    out = []
    for x in range(12):
        out.append((work(x), A() + B()))
    print(out, LOG)


if __name__ == "__main__":
    main()
