import sys


def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []
if sys.version_info < (3, 5):
    def sorted(xs, key=None):
        return list(xs)
def rec(i): LOG.append(i); return i
def f(x):
    sorted([x], key=rec)
    return work(x)
def main():
    out = [f(x) for x in range(12)]
    print(out, len(LOG))


main()
