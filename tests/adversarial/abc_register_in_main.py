# also: spawn
import abc


def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


class Base(abc.ABC): pass
class C: pass
def f(x):
    return isinstance(C(), Base), work(x)
def main():
    Base.register(C)
    out = [f(x) for x in range(12)]
    print(out)


if __name__ == "__main__":
    main()
