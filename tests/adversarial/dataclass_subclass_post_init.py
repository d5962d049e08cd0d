# also: spawn
import dataclasses


def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []
@dataclasses.dataclass
class A:
    x: int
    def __post_init__(self):
        LOG.append(self.x)
class B(A):
    pass
def f(x):
    B(x)
    return work(x)
def main():
    out = [f(x) for x in range(12)]
    print(out, len(LOG))


if __name__ == "__main__":
    main()
