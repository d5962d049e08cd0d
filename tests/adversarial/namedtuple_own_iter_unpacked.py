# also: spawn
import typing


def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []
class P(typing.NamedTuple):
    x: int
    y: int
    def __iter__(self):
        LOG.append(1)
        return iter((1, 2))
def f(x):
    a, b = P(x, x)
    return work(x) + a
def main():
    out = [f(x) for x in range(12)]
    print(out, len(LOG))


if __name__ == "__main__":
    main()
