# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []
class A:
    def run(self, x):
        self.__h(x)
    def __h(self, x):
        LOG.append(x)
class B(A):
    def __h(self, x):
        return x
def f(x):
    B().run(x)
    return work(x)
def main():
    out = [f(x) for x in range(12)]
    print(out, len(LOG))


if __name__ == "__main__":
    main()
