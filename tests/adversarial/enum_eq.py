# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []


import enum


def main():
    class F(enum.Enum):
        A = 1
        def __eq__(self, other):
            LOG.append(other)
            return len(LOG) % 2 == 0
        __hash__ = None
    a = F.A
    out = []
    for x in range(12):
        out.append(work(x) + (1 if a == x else 2))
    print(out, LOG)


if __name__ == "__main__":
    main()
