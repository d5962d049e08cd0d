# also: spawn
import dataclasses


def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


@dataclasses.dataclass
class C:
    s: set
def f(s):
    return str(C(s)), work(len(s))
def main():
    items = [{"a%d" % (x % 10), "bb", "cc", "dd"} for x in range(12)]
    out = [f(s) for s in items]
    print([o[0] == f(s)[0] for o, s in zip(out, items)])


if __name__ == "__main__":
    main()
