# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []
class E:
    def __eq__(self, o):
        LOG.append(1)
        return False
class K:
    a = E()
def f(x):
    match x:
        case K.a:
            return 1
        case _:
            return work(x)
def main():
    out = [f(x) for x in range(12)]
    print(out, len(LOG))


if __name__ == "__main__":
    main()
