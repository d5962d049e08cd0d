# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []
class I:
    def __index__(self): LOG.append(1); return 1
    pass
def f(x):
    try:
        sorted([1, 2], reverse=I())
    except (TypeError, ValueError, AttributeError, KeyError, IndexError, OSError, StopIteration):
        pass
    return work(x)
def main():
    out = [f(x) for x in range(12)]
    print(out, len(LOG))


if __name__ == "__main__":
    main()
