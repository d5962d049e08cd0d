# also: spawn
import typing


def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []
class B(typing.NamedTuple):
    x: int
class P(B):
    def twice(self): return 2 * self.x
def f(x):
    p = P(x)
    if isinstance(p, tuple):
        LOG.append(x)
    return work(x)
def main():
    out = [f(x) for x in range(12)]
    print(out, len(LOG))


if __name__ == "__main__":
    main()
