# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []
class C:
    def __index__(self): LOG.append(1); return 1
def f(x):
    return range(5)[C()], work(x)
def main():
    out = [f(x) for x in range(12)]
    print(out, len(LOG))


if __name__ == "__main__":
    main()
