# also: spawn
import enum


def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []


def f(x, member):
    s = 0
    if member is not None and member:
        s = 1
    return work(x) + s + len(LOG)


def main():
    class E(enum.Enum):
        A = 1

        def __bool__(self):
            LOG.append(1)
            return True

    member = E.A
    out = []
    for x in range(12):
        out.append(f(x, member))
    print(out, LOG)


if __name__ == "__main__":
    main()
