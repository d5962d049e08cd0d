def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


LOG = []
class A:
    def __str__(self):
        LOG.append(1)
        return "a"
def f(x):
    raise ValueError(A())
def g(x):
    try:
        f(x)
    except ValueError as e:
        return f"{e}", work(x)
def main():
    out = []
    for x in range(12):
        out.append(g(x))
    print(out, LOG)


if __name__ == "__main__":
    main()
