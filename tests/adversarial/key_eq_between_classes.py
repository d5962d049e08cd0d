# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []
class K:
    def __init__(self, s): self.s = s
    def __hash__(self): return 1
    def __eq__(self, o):
        o.hit()
        return True
    def hit(self): pass
class J:
    def __hash__(self): return 1
    def __eq__(self, o):
        return True
    def hit(self): LOG.append(1)
def f(x):
    s = {K(1): 1, J(): 2}
    return work(x)
def main():
    out = [f(x) for x in range(12)]
    print(out, len(LOG))


if __name__ == "__main__":
    main()
