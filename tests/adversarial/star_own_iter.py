# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []


class Bag:
    def __iter__(self):
        for v in range(6):
            LOG.append(v)
            yield v
def f(x):
    a, *b = Bag()
    return work(x) + sum([*Bag()]) + len(b)


def main():
    out = []
    for a in range(12):
        out.append(f(a))
    print(out, len(LOG))


if __name__ == "__main__":
    main()
