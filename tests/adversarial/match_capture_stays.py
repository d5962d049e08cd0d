# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []
def gd3(x):
    b = []
    match LOG:
        case b if x > 99: pass
        case _: b.append(x)
def f(x):
    try:
        gd3(x)
    except (TypeError, ValueError, AttributeError, KeyError, IndexError, OSError, StopIteration):
        pass
    return work(x)
def main():
    out = [f(x) for x in range(12)]
    print(out, len(LOG))


if __name__ == "__main__":
    main()
