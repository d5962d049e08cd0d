# also: spawn
from typing import NamedTuple


def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []
class In:
    def __init__(self, v):
        self.v = v
    def __eq__(self, o):
        LOG.append(1)
        return self.v == o.v
    def __lt__(self, o):
        return self.v < o.v
class Out(NamedTuple):
    i: In
    n: int
def f(x):
    return Out(In(x % 3), x) < Out(In(1), 5), work(x)
def main():
    out = [f(x) for x in range(12)]
    print(out, len(LOG))


if __name__ == "__main__":
    main()
