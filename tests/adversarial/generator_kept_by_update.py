# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []
class Box:
    def update(self, g): self.g = g
def f(x):
    b = Box()
    lst = []
    b.update(lst.append(i) for i in range(2))
    lst = LOG
    list(b.g)
    return work(x)
def main():
    out = [f(x) for x in range(12)]
    print(out, len(LOG))


if __name__ == "__main__":
    main()
