def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


class Sup:
    n = 0
    def __enter__(self):
        return self
    def __exit__(self, t, v, tb):
        if t is not None:
            Sup.n += 1
        return True
def f(x):
    if x % 3 == 0:
        raise ValueError(x)
    return work(x)
def main():
    out = []
    for x in range(12):
        with Sup():
            out.append(f(x))
    print(out, Sup.n)


if __name__ == "__main__":
    main()
