# also: spawn
import enum


def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []


def main():
    class E(enum.IntEnum):
        A = 1

        def __add__(self, other):
            LOG.append(other)
            return other + len(LOG)

    member = E.A
    out = []
    for x in range(12):
        out.append(work(x) + (member + x))
    print(out, LOG)


if __name__ == "__main__":
    main()
