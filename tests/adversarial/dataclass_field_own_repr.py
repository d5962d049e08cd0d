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
    def __repr__(self):
        LOG.append(1)
        return "in"
@dataclasses.dataclass
class Out:
    i: In
def f(x):
    return str(Out(In(x))), work(x)
def main():
    out = [f(x) for x in range(12)]
    print(out, len(LOG))


if __name__ == "__main__":
    main()
