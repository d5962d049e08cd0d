# also: spawn
import collections


def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


DD = collections.defaultdict(int)
def f(x):
    return "%(a)s" % DD, work(x)
def main():
    out = [f(x) for x in range(12)]
    print(out, len(DD))


if __name__ == "__main__":
    main()
