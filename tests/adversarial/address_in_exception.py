# also: spawn
def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


class A: pass
def f(x, a):
    raise ValueError(a)
def g(x, a):
    try:
        f(x, a)
    except ValueError as e:
        return str(e), work(x)
def main():
    a = A()
    out = []
    for x in range(12):
        out.append(g(x, a))
    print(len(set(s for s, _ in out)), str(a) == out[0][0])


if __name__ == "__main__":
    main()
