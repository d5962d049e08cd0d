# also: spawn
import dataclasses


def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []
class V:
    def __eq__(self, o): LOG.append(1); return True
@dataclasses.dataclass
class B:
    x: V
class D(B): pass
def f(x):
    return D(V()) == D(V()), work(x)
def main():
    out = [f(x) for x in range(12)]
    print(out, len(LOG))


if __name__ == "__main__":
    main()
