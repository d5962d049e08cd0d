# also: spawn
import operator


def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


SKIP = "skipped item"
def f(x):
    return SKIP if x % 2 else "v%d" % work(x)
def main():
    out = [f(x) for x in range(12)]
    print(sum(1 for s in out if operator.is_(s, SKIP)))


if __name__ == "__main__":
    main()
