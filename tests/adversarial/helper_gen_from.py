def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def f(x):
    return work(x) // (x - 3)
def wrap(it):
    for i in it:
        yield i
def main():
    it = iter(range(20))
    out = []
    try:
        for a in wrap(it):
            out.append(f(a))
    except ZeroDivisionError:
        pass
    print(out, list(it))


if __name__ == "__main__":
    main()
