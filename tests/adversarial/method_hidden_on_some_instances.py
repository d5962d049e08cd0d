# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []
def pure(): return 1
class C:
    def hit(self): LOG.append(1)
def f(x):
    c = C()
    if x > 100:
        c.hit = pure
    c.hit()
    return work(x)
def main():
    out = [f(x) for x in range(12)]
    print(out, len(LOG))


if __name__ == "__main__":
    main()
