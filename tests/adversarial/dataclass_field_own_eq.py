# also: spawn
import dataclasses


def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []
@dataclasses.dataclass
class In:
    v: int
    def __eq__(self, o):
        LOG.append(1)
        return True
@dataclasses.dataclass
class Out:
    i: In
def f(x):
    return Out(In(x)) == Out(In(3)), work(x)
def main():
    out = [f(x) for x in range(12)]
    print(out, len(LOG))


if __name__ == "__main__":
    main()
