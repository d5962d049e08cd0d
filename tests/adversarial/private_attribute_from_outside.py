# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []
class C:
    def __init__(self):
        self.__log = []
    def hit(self, x):
        self.__log.append(x)
def f(x):
    c = C()
    c._C__log = LOG
    c.hit(x)
    return work(x)
def main():
    out = [f(x) for x in range(12)]
    print(out, len(LOG))


if __name__ == "__main__":
    main()
