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


def main():
    out = []
    for a in sorted(Bag()):
        out.append(work(a) + len(LOG))
    print(out, LOG)


if __name__ == "__main__":
    main()
